import type { CredentialRecord, ReadRecord } from "./credential-record.ts";

/**
 * After this time a create of which nothing shows is taken for one that never happened: no connection of ours lives
 * as long. Should its client appear after all, reconcile finds it.
 */
export const createSettlesSeconds = 300;

/** Whether an earlier attempt may have left a client with this marker token. */
export const mayHaveBeenMade = ({ record, state }: ReadRecord, token: string): boolean =>
  state !== "known" ||
  record.intents.some((intent) => intent.token === token) ||
  record.generations.some((generation) => generation.token === token);

/** A client on the platform that carries the marker of this rotation. */
export interface Marked {
  clientId: string;
  /** Milliseconds since 1970. */
  madeAt: number;
}

export type CreationPlan =
  /** Its secret was lost with the earlier attempt: a new one is issued. `others` were made twice. */
  | { kind: "adopt"; client: Marked; others: readonly Marked[] }
  /** An earlier create may still come true: a second one would make a second client. */
  | { kind: "wait"; until: number }
  | { kind: "create" };

/** What is done for a rotation whose secret has not been stored. `marked` is what a look at the platform showed. */
export const planCreation = (
  record: CredentialRecord,
  token: string,
  marked: readonly Marked[],
  now: number,
): CreationPlan => {
  const [client, ...others] = marked.toSorted(
    (a, b) => a.madeAt - b.madeAt || a.clientId.localeCompare(b.clientId),
  );
  if (client !== undefined) return { kind: "adopt", client, others };
  const intent = record.intents.find((each) => each.token === token);
  const until = (intent?.at ?? Number.NEGATIVE_INFINITY) + createSettlesSeconds * 1000;
  return until > now ? { kind: "wait", until } : { kind: "create" };
};
