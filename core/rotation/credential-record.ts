/**
 * What the ledger holds of one credential. It speeds rotation up and keeps its promises in mind; what it says can be
 * rebuilt from the markers on the platform and the stages in Secrets Manager, so nothing is ever deleted because it
 * is silent.
 */

/** A client is about to be made. Written before the call, so that a crash leaves a trace of a client without a name. */
export interface Intent {
  /** Marker token of the generation. */
  token: string;
  /** When, in milliseconds since 1970. */
  at: number;
}

/**
 * - `pending`: made, not yet current.
 * - `live`: current, or about to be.
 * - `draining`: superseded, active for those who still hold its secret.
 * - `observing`: its time is over, its use is watched.
 * - `inactive`: gives out no new tokens; waits for the end of the last ones.
 */
export type GenerationPhase = "pending" | "live" | "draining" | "observing" | "inactive";

/** One look at how often a client was used. */
export interface UsageLook {
  /** Milliseconds since 1970. */
  at: number;
  /** Requests in all its life; undefined where the platform did not say. */
  requests?: number;
}

/** One client behind a credential. Times are milliseconds since 1970. */
export interface KnownClient {
  clientId: string;
  /** Of its marker. */
  token: string;
  madeAt: number;
  /** The longest that a token of it may live, where that is more than is declared now. */
  tokenLifetimeSeconds?: number;
  /** It leaked: it is stopped at once, whoever uses it. */
  contained?: boolean;
}

export type Generation = KnownClient &
  (
    | { phase: "pending" }
    | { phase: "live" }
    | { phase: "draining"; supersededAt: number }
    | { phase: "observing"; supersededAt: number; look: UsageLook }
    | { phase: "inactive"; supersededAt: number; inactiveAt: number }
  );

/** What stays the same of a generation from phase to phase. */
export const knownClient = (generation: KnownClient): KnownClient => {
  const { clientId, token, madeAt, tokenLifetimeSeconds, contained } = generation;
  return {
    clientId,
    token,
    madeAt,
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
    ...(contained === undefined ? {} : { contained }),
  };
};

/** A rotation that somebody asked for out of turn. */
export interface Emergency {
  reason: string;
  at: number;
  /** The generation that is replaced is stopped at once, not drained. */
  contain: boolean;
}

export interface CredentialRecord {
  intents: readonly Intent[];
  generations: readonly Generation[];
  emergency?: Emergency;
}

export const emptyRecord: CredentialRecord = { intents: [], generations: [] };

const keyPrefix = "credential#";

/** The ledger's key of a credential. */
export const ledgerKey = (credentialId: string): string => `${keyPrefix}${credentialId}`;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTime = (value: unknown): value is number => Number.isFinite(value);
const isMissingOr = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value);

const isIntent = (value: unknown): value is Intent =>
  isFields(value) && isText(value.token) && isTime(value.at);

const isLook = (value: unknown): value is UsageLook =>
  isFields(value) && isTime(value.at) && isMissingOr(value.requests, isTime);

const hasItsPhase = (value: Fields): boolean => {
  switch (value.phase) {
    case "pending":
    case "live":
      return true;
    case "draining":
      return isTime(value.supersededAt);
    case "observing":
      return isTime(value.supersededAt) && isLook(value.look);
    case "inactive":
      return isTime(value.supersededAt) && isTime(value.inactiveAt);
    // Stryker disable next-line ConditionalExpression: without it, what is returned is undefined, which is as false.
    default:
      return false;
  }
};

const isGeneration = (value: unknown): value is Generation =>
  isFields(value) &&
  isText(value.clientId) &&
  isText(value.token) &&
  isTime(value.madeAt) &&
  isMissingOr(value.tokenLifetimeSeconds, isTime) &&
  isMissingOr(value.contained, (each) => typeof each === "boolean") &&
  hasItsPhase(value);

const isEmergency = (value: unknown): value is Emergency =>
  isFields(value) && isText(value.reason) && isTime(value.at) && typeof value.contain === "boolean";

/** What was read, and what it is worth. */
export interface ReadRecord {
  record: CredentialRecord;
  /** `missing`: there was none. `damaged`: it was unusable, as a whole or in parts, and those parts are left out. */
  state: "known" | "missing" | "damaged";
}

const readList = <T>(value: unknown, is: (item: unknown) => item is T): { items: T[]; isWhole: boolean } => {
  // What is no list is read as one that holds nothing usable.
  const all: unknown[] = Array.isArray(value) ? value : [undefined];
  const items = all.filter(is);
  return { items, isWhole: items.length === all.length };
};

/** Reads what the ledger answered. Never throws: a damaged record is an empty one that is reported. */
export const readRecord = (value: unknown): ReadRecord => {
  if (value === undefined) return { record: emptyRecord, state: "missing" };
  if (!isFields(value)) return { record: emptyRecord, state: "damaged" };
  const { emergency } = value;
  const intents = readList(value.intents, isIntent);
  const generations = readList(value.generations, isGeneration);
  const record: CredentialRecord = {
    intents: intents.items,
    generations: generations.items,
    ...(isEmergency(emergency) ? { emergency } : {}),
  };
  const isWhole = intents.isWhole && generations.isWhole && isMissingOr(emergency, isEmergency);
  return { record, state: isWhole ? "known" : "damaged" };
};

export const withIntent = (record: CredentialRecord, intent: Intent): CredentialRecord => ({
  ...record,
  intents: [...record.intents.filter(({ token }) => token !== intent.token), intent],
});

export const withoutIntent = (record: CredentialRecord, token: string): CredentialRecord => ({
  ...record,
  intents: record.intents.filter((intent) => intent.token !== token),
});

/** Adds the generation, or replaces what was known of its client. */
export const withGeneration = (record: CredentialRecord, generation: Generation): CredentialRecord => ({
  ...record,
  generations: [...record.generations.filter(({ clientId }) => clientId !== generation.clientId), generation],
});

export const withoutGeneration = (record: CredentialRecord, clientId: string): CredentialRecord => ({
  ...record,
  generations: record.generations.filter((generation) => generation.clientId !== clientId),
});

export const generationOf = (record: CredentialRecord, clientId: string): Generation | undefined =>
  record.generations.find((generation) => generation.clientId === clientId);
