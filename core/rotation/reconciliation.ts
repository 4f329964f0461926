/**
 * What reconcile makes of one credential: Secrets Manager's stages say who is in service, the platform's markers say
 * whose a client is, and the ledger is brought in line with both.
 */

import { createSettlesSeconds } from "./creation.ts";
import type { RotatedCredential, RotationSettings } from "./credential.ts";
import {
  type CredentialRecord,
  type Generation,
  type KnownClient,
  knownClient,
  type ReadRecord,
} from "./credential-record.ts";
import { dueAt, isRetiring, type Retiring } from "./retirement.ts";
import { firstVersionId, generationToken } from "./secret-value.ts";
import { stages } from "./step-guard.ts";
import { superseded } from "./supersession.ts";

/** A version of the secret that has labels, and the client that it names. */
export interface StagedClient {
  versionId: string;
  stages: readonly string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Undefined where the version has no value, or none that a rotation stores. */
  clientId: string | undefined;
}

/** A client of the credential, by its marker, as the platform's list shows it. */
export interface MarkedClient extends KnownClient {
  /** The platform will delete it without another call. */
  isLeaving: boolean;
}

/** The version that a client was made for, if it still has a label. */
export const versionOf = (
  versions: readonly StagedClient[],
  owner: string,
  client: Pick<KnownClient, "clientId" | "token">,
): StagedClient | undefined =>
  versions.find(({ clientId }) => clientId === client.clientId) ??
  versions.find(
    ({ versionId, clientId }) =>
      clientId === undefined &&
      (generationToken(versionId) === client.token || firstVersionId(owner, client.token) === versionId),
  );

const serviceOf = (version: StagedClient | undefined): "live" | "pending" | undefined => {
  if (version?.stages.includes(stages.current)) return "live";
  return version?.stages.includes(stages.pending) ? "pending" : undefined;
};

/** Whether users read what the version holds now, or will soon. */
export const isInService = (version: StagedClient | undefined): boolean => serviceOf(version) !== undefined;

export interface CredentialFacts {
  credential: RotatedCredential;
  settings: RotationSettings;
  known: ReadRecord;
  versions: readonly StagedClient[];
  clients: readonly MarkedClient[];
  /** Milliseconds since 1970. */
  now: number;
}

export interface CredentialPlan {
  /** The record as it should be. */
  record: CredentialRecord;
  isChanged: boolean;
  /** Superseded generations for which something is due. */
  due: readonly Retiring[];
  /** Superseded just now, or found again: their retirement is to be scheduled. */
  toSchedule: readonly Retiring[];
  /** Clients with the credential's marker that neither a version nor the ledger knows. */
  unknown: readonly MarkedClient[];
}

/** A generation as its version's labels have it. Who has left the service without a trace is drained from now on. */
const asStaged = (generation: Generation, { versions, credential, now }: CredentialFacts): Generation => {
  const service = serviceOf(versionOf(versions, credential.owner, generation));
  if (service === undefined) return isRetiring(generation) ? generation : superseded(generation, now);
  return service === generation.phase ? generation : { ...knownClient(generation), phase: service };
};

/** A client that the ledger does not know: a generation if a version or an intent does, else unknown. */
const recovered = (
  { isLeaving, ...client }: MarkedClient,
  { versions, credential, known, now }: CredentialFacts,
): Generation | undefined => {
  const version = versionOf(versions, credential.owner, client);
  const service = serviceOf(version);
  if (service !== undefined) return { ...client, phase: service };
  const isIntended = known.record.intents.some(({ token }) => token === client.token);
  return !isLeaving && (version !== undefined || isIntended) ? superseded(client, now) : undefined;
};

/** A rotation is under way that may still need the intent, or it is too young to say that nothing came of it. */
const isOpen = ({ token, at }: { token: string; at: number }, { versions, now }: CredentialFacts): boolean =>
  now - at < createSettlesSeconds * 1000 ||
  versions.some(
    (version) => version.stages.includes(stages.pending) && generationToken(version.versionId) === token,
  );

export const reconcileCredential = (facts: CredentialFacts): CredentialPlan => {
  const { credential, settings, known, clients, now } = facts;
  const { intents, generations } = known.record;
  const open = intents.filter((intent) => isOpen(intent, facts));
  const staged = generations.map((generation) => asStaged(generation, facts));
  const forgotten = clients.filter(
    (client) =>
      !generations.some(({ clientId }) => clientId === client.clientId) &&
      !open.some(({ token }) => token === client.token),
  );
  const found = forgotten.map((client) => ({ client, generation: recovered(client, facts) }));
  const all = [...staged, ...found.flatMap(({ generation }) => generation ?? [])];
  const retiring = all.filter(isRetiring);
  return {
    record: { ...known.record, intents: open, generations: all },
    isChanged:
      known.state !== "known" ||
      open.length < intents.length ||
      all.some((generation, i) => generation !== generations[i]),
    due: retiring.filter((each) => dueAt(each, credential, settings) <= now),
    toSchedule: retiring.filter((each) => !generations.includes(each)),
    unknown: found.flatMap(({ client, generation }) => (generation === undefined ? client : [])),
  };
};
