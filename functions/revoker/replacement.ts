import { hash } from "node:crypto";
import type { OAuthClient, RotationApi } from "../../apis/genesys/api.ts";
import { AmbiguousOutcomeError } from "../../apis/genesys/errors.ts";
import { Secret } from "../../apis/http/secret.ts";
import { staged } from "../../core/leak/vault.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { type CredentialRecord, generationOf, withIntent } from "../../core/rotation/credential-record.ts";
import { isRetiring } from "../../core/rotation/retirement.ts";
import { formatSecretValue, generationToken } from "../../core/rotation/secret-value.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import type { Lease } from "../ports.ts";
import { PortError } from "../ports.ts";
import { generationBody } from "../rotator/client-body.ts";
import { issuedSecret, resetSecret } from "../rotator/client-secret.ts";
import { isOf, listClients, madeAt } from "../rotator/marked-clients.ts";
import type { Suspect } from "./examination.ts";
import type { Revoker } from "./revoker.ts";

/** Under which the answer to one leak is stored: the same for every attempt. */
export const versionIdOf = (leak: string, attempt = 0): string =>
  hash("sha256", attempt === 0 ? leak : `${leak}#${attempt}`, "hex");

/** A replacement that is under way. */
export interface Replacing {
  readonly revoker: Revoker;
  readonly credential: RotatedCredential;
  readonly api: RotationApi;
  readonly lease: Lease;
  /** `leakKey`. */
  readonly leak: string;
  /** The leaked client, and what the store held of its credential. */
  readonly suspect: Pick<Suspect, "clientId" | "vault">;
  /** The clients that the platform listed when the leak was looked at. */
  readonly listed: readonly OAuthClient[];
  /** Set when time is up: nothing more is begun. */
  readonly isOver: () => boolean;
}

/** The new generation, and the record with the traces of every attempt to make it. */
export interface Successor {
  clientId: string;
  token: string;
  madeAt: number;
  record: CredentialRecord;
}

/** Attempts to make the client, each under a token of its own: two of one token could not be told apart. */
const mostAttempts = 3;

const tokensOf = (leak: string): string[] =>
  Array.from({ length: mostAttempts }, (_, attempt) => generationToken(versionIdOf(leak, attempt)));

const isUsed = ({ intents, generations }: CredentialRecord, token: string): boolean =>
  [...intents, ...generations].some((each) => each.token === token);

/** The token of the next attempt; undefined where there have been enough. */
const nextToken = (leak: string, record: CredentialRecord): string | undefined =>
  tokensOf(leak).find((token) => !isUsed(record, token));

/**
 * The record with the intent of the attempt that comes next. Written before it, so that a crash leaves a trace of a
 * client without a name.
 */
export const withNextIntent = (record: CredentialRecord, leak: string, now: number): CredentialRecord => {
  const token = nextToken(leak, record);
  return token === undefined ? record : withIntent(record, { token, at: now });
};

const isOnItsWayOut = (record: CredentialRecord, clientId: string): boolean => {
  const generation = generationOf(record, clientId);
  return generation !== undefined && isRetiring(generation);
};

/** A client that an earlier attempt made. */
const madeBefore = (
  { credential, leak }: Pick<Replacing, "credential" | "leak">,
  clients: readonly OAuthClient[],
  record: CredentialRecord,
): (OAuthClient & { id: string }) | undefined => {
  const tokens = tokensOf(leak);
  for (const client of clients) {
    const { id, state } = client;
    if (id === undefined || state !== "active" || isOnItsWayOut(record, id)) continue;
    if (tokens.some((token) => isOf(client, credential.owner, token))) return { ...client, id };
  }
  return undefined;
};

/** The client that answered this leak, where it is what users read now. */
export const successorOf = (
  credential: RotatedCredential,
  leak: string,
  {
    listed,
    currentId,
    record,
  }: { listed: readonly OAuthClient[]; currentId: string | undefined; record: CredentialRecord },
): Successor | undefined => {
  const client = listed.find(({ id }) => id !== undefined && id === currentId);
  const token = tokensOf(leak).find((each) => client !== undefined && isOf(client, credential.owner, each));
  if (client?.id === undefined || token === undefined) return undefined;
  return { clientId: client.id, token, madeAt: madeAt(client, 0), record };
};

interface Obtained {
  client: OAuthClient & { id: string };
  clientSecret: Secret;
  record: CredentialRecord;
}

/** Its secret was lost with the attempt that made it: a new one is issued. */
const adopt = async (
  { api }: Replacing,
  client: OAuthClient & { id: string },
  record: CredentialRecord,
): Promise<Obtained> => ({ client, clientSecret: await resetSecret(api, client.id), record });

const obtain = async (of: Replacing, intended: CredentialRecord): Promise<Obtained | undefined> => {
  const { api, credential, leak, lease, revoker } = of;
  const before = madeBefore(of, of.listed, intended);
  if (before !== undefined) return adopt(of, before, intended);
  let record = intended;
  for (;;) {
    const token = record.intents.findLast((intent) => tokensOf(leak).includes(intent.token))?.token;
    if (token === undefined || of.isOver()) return undefined;
    try {
      const client = await api.oauthClients.create(generationBody(credential, token));
      return { client: { ...client, id: client.id ?? "" }, clientSecret: issuedSecret(client), record };
    } catch (error) {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const made = madeBefore(of, await listClients(api), record);
      if (made !== undefined) return adopt(of, made, record);
      // It may still appear: its intent stays, by which reconcile knows it. The secret is public, so there is no
      // waiting for that.
      const next = withNextIntent(record, leak, revoker.ports.clock.now());
      if (next === record || of.isOver()) throw error;
      await revoker.ports.ledger.write(lease, next);
      record = next;
    }
  }
};

const storePausesMilliseconds = [200, 500, 1_000];

/**
 * The labels that a version gets which answers a leak. A label AWSPENDING that names the leaked client goes with it:
 * else Secrets Manager would go on with that version, as with a rotation that was never finished.
 */
const labelsFor = ({ vault, clientId }: Pick<Suspect, "vault" | "clientId">): readonly string[] =>
  staged(vault, "AWSPENDING")?.clientId === clientId ? [stages.current, stages.pending] : [stages.current];

/** Stores the credential as the one that its users read from now on. */
export const storeCurrent = async (
  { ports, declarations }: Revoker,
  secretArn: string,
  leak: string,
  issued: { clientId: string; clientSecret: Secret },
  leaked: Pick<Suspect, "vault" | "clientId">,
): Promise<void> => {
  const { clientId, clientSecret } = issued;
  const { region } = declarations;
  const value = new Secret(formatSecretValue({ clientId, clientSecret: clientSecret.reveal(), region }));
  let versionId = versionIdOf(leak);
  for (const pause of [...storePausesMilliseconds, undefined]) {
    try {
      return await ports.secrets.put(secretArn, { versionId, value, stages: labelsFor(leaked) });
    } catch (error) {
      if (!(error instanceof PortError) || pause === undefined) throw error;
      // An attempt that nobody saw succeed stored another value under it.
      if (error.code === "already-exists") versionId = versionIdOf(leak, ports.clock.now());
      else if (error.code === "ambiguous" || error.code === "unavailable") await ports.clock.sleep(pause);
      else throw error;
    }
  }
};

/**
 * Makes a new generation and has it read from now on. `intended` is the record as written, with the attempt's intent.
 * Undefined when time was up before it was current.
 */
export const replaceClient = async (
  of: Replacing,
  intended: CredentialRecord,
): Promise<Successor | undefined> => {
  const obtained = await obtain(of, intended);
  if (obtained === undefined || of.isOver()) return undefined;
  const { client, clientSecret, record } = obtained;
  const issued = { clientId: client.id, clientSecret };
  await storeCurrent(of.revoker, of.credential.secretArn, of.leak, issued, of.suspect);
  const now = of.revoker.ports.clock.now();
  const token = tokensOf(of.leak).find((each) => isOf(client, of.credential.owner, each)) ?? "";
  return { clientId: client.id, token, madeAt: madeAt(client, now), record };
};
