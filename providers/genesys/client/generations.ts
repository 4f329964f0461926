import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { readMarker } from "../../../core/marker.ts";
import type { CredentialRecord } from "../../../core/rotation/credential-record.ts";
import { firstVersionId, type SecretValue } from "../../../core/rotation/secret-value.ts";
import { ifFound } from "../existence.ts";
import { idOf } from "../identity.ts";
import type { Session } from "../session.ts";
import type { SecretHome } from "../types.ts";
import { readVersion } from "./secret-store.ts";

/** A version of a credential's secret that has a staging label, and the client that it names, if any. */
interface NamedClient {
  versionId: string;
  held: SecretValue;
}

/** What the secret of a credential says of its generations. */
export interface SecretState {
  state: "there" | "missing" | "deleted";
  /** The one that users of the credential read. */
  current?: NamedClient;
  /** All of them. */
  named: NamedClient[];
}

/** Asks for every version that has a label. An outage is an error, never an absence. */
export const readSecretState = async (session: Session, home: SecretHome): Promise<SecretState> => {
  const secret = await ifFound(() => session.aws.secrets(home.awsRegion).describe(home.secretArn));
  if (secret === undefined) return { state: "missing", named: [] };
  if (secret.DeletedDate !== undefined) return { state: "deleted", named: [] };
  const labelled = Object.entries(secret.VersionIdsToStages ?? {});
  const versions = await Promise.all(
    labelled.map(async ([versionId, stages]) => {
      const held = (await readVersion(session, home, { versionId }))?.held;
      return held === undefined ? [] : [{ versionId, stages, held }];
    }),
  );
  const named = versions.flat();
  const current = named.find(({ stages }) => stages.includes("AWSCURRENT"));
  return { state: "there", named, ...(current === undefined ? {} : { current }) };
};

/** Whose a generation is: the prefixes of its marker, and the token of the first generation. */
export interface Credential {
  /** The present prefix, and a former one where the resource was renamed. */
  owners: readonly string[];
  token: string;
}

/** A client of the credential. */
export interface Generation {
  id: string;
  client: OAuthClient;
  /** Of its marker. */
  token: string;
}

export const isLive = ({ state }: OAuthClient): boolean => state === undefined || state === "active";

/**
 * The client as a generation of the credential; undefined if nothing proves that it is one. Where somebody has taken
 * the marker out of its description, the ledger proves it, or the version of the secret that only we can have made.
 */
const generationOf = (
  client: OAuthClient,
  { owners, token }: Credential,
  named: readonly NamedClient[],
  { generations }: CredentialRecord,
): Generation | undefined => {
  const id = idOf(client);
  const found = readMarker(client.description);
  if (found !== undefined)
    return owners.includes(found.prefix) ? { id, client, token: found.token } : undefined;
  const isFirst = named.some(
    ({ versionId, held }) =>
      held.clientId === id && owners.some((owner) => versionId === firstVersionId(owner, token)),
  );
  const proven = isFirst ? token : generations.find(({ clientId }) => clientId === id)?.token;
  return proven === undefined ? undefined : { id, client, token: proven };
};

/** A client that the platform does not show (yet) is asked for a few times, if users of the credential read it. */
const look = async (
  { api, patience }: Session,
  clientId: string,
  isInUse: boolean,
): Promise<OAuthClient | undefined> => {
  const get = () => ifFound(() => api.oauthClients.get(clientId));
  return isInUse ? patience.until(get) : get();
};

export interface Generations {
  /** Every client of the credential that is not deleted, whatever its state. */
  all: Generation[];
  /** The client that the secret names as current, if there is one, and even if it is not the credential's. */
  current: OAuthClient | undefined;
  /** Ids that the ledger knows of clients that are not the credential's, or not any more. */
  taken: ReadonlySet<string>;
}

/**
 * The generations of a credential: what the platform lists under its markers, what the secret names, and what the
 * ledger knows; `former` is what a secret says that the credential had before. Each alone may be incomplete: a list
 * may end after its first page, a secret be new, a ledger empty.
 */
export const findGenerations = async (
  session: Session,
  credential: Credential,
  { current, named }: SecretState,
  record: CredentialRecord,
  former?: SecretValue,
): Promise<Generations> => {
  const clients = new Map((await session.clients.now()).map((client) => [idOf(client), client]));
  const inUse = [current?.held.clientId, former?.clientId].filter((id) => id !== undefined);
  const known = [
    ...inUse,
    ...named.map(({ held }) => held.clientId),
    ...record.generations.map(({ clientId }) => clientId),
  ];
  for (const id of new Set(known)) {
    if (clients.has(id)) continue;
    const client = await look(session, id, inUse.includes(id));
    if (client !== undefined) clients.set(id, client);
  }
  const all = [...clients.values()]
    .filter(({ state }) => state !== "deleted")
    .flatMap((client) => generationOf(client, credential, named, record) ?? []);
  const isOwn = new Set(all.map(({ id }) => id));
  const taken = record.generations
    .map(({ clientId }) => clientId)
    .filter((id) => clients.has(id) && !isOwn.has(id));
  return { all, current: current && clients.get(current.held.clientId), taken: new Set(taken) };
};
