import {
  type CredentialRecord,
  type KnownClient,
  knownClient,
  withGeneration,
  withoutIntent,
} from "./credential-record.ts";
import { isRetiring, type Retiring } from "./retirement.ts";

/** The generation leaves its users' hands from now on. What it has been through since an earlier `now` is void. */
export const superseded = (client: KnownClient, now: number, contain = false): Retiring => ({
  ...knownClient(client),
  ...(contain ? { contained: true } : {}),
  phase: "draining",
  supersededAt: now,
});

/**
 * The record of a credential whose `next` generation is about to become current, at `now`. `previous` is what is
 * current until then, where the platform knows it as one of ours. Whatever else was live or pending is superseded as
 * well: it is neither any more.
 *
 * What is being drained already goes on being drained, unless it is the one that is current now: a crash between
 * this record and the change itself must not count as time in which nobody could read the old secret.
 */
export const promote = (
  record: CredentialRecord,
  next: KnownClient,
  previous: KnownClient | undefined,
  now: number,
): CredentialRecord => {
  const { emergency, ...kept } = withoutIntent(record, next.token);
  const leave = (client: KnownClient) => superseded(client, now, emergency?.contain);
  const generations = kept.generations.map((each) => (isRetiring(each) ? each : leave(each)));
  const left = { ...kept, generations };
  return withGeneration(previous === undefined ? left : withGeneration(left, leave(previous)), {
    ...knownClient(next),
    phase: "live",
  });
};
