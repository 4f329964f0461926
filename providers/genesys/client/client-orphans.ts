import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { readMarker } from "../../../core/marker.ts";
import { ForgottenInUseError } from "../errors.ts";
import { idOf } from "../identity.ts";
import { type Claim, orphansOf } from "../ownership.ts";
import type { Session } from "../session.ts";
import type { ClientInputs } from "./client-inputs.ts";
import { isScheduled, retireClient } from "./client-retirement.ts";
import { requestsOf } from "./client-usage.ts";

type Heir = Pick<ClientInputs, "owner" | "authorizedGrantType" | "adoptId">;

/**
 * The client that an earlier, half-done create of this resource left behind, if it can serve: what the state has
 * forgotten of this resource's clients. The others are deleted, since nothing else would ever find them: those on
 * their way out, those of another grant type, which no client changes, and all where the resource adopts a client.
 *
 * What a broken run left behind was never used, for its secret was lost. A client that is in use was forgotten with
 * a lost state, or belongs to a stack of the same name elsewhere: it is not touched.
 *
 * The platform's list may be incomplete; what it does not show stays for a later run.
 *
 * @throws ForgottenInUseError
 */
export const takeOrphan = async (
  session: Session,
  { owner, authorizedGrantType, adoptId }: Heir,
): Promise<OAuthClient | undefined> => {
  const orphans = orphansOf(await session.clients.all(), owner, session.claimed);
  const heir = orphans.find(
    (client) =>
      adoptId === undefined &&
      client.authorizedGrantType === authorizedGrantType &&
      (client.state === "active" || client.state === "disabled"),
  );
  const requests = heir === undefined ? 0 : await requestsOf(session, heir);
  if (heir !== undefined && requests > 0) throw new ForgottenInUseError(idOf(heir), requests);
  await retire(
    session,
    owner,
    orphans.filter(({ id }) => id !== heir?.id && id !== adoptId),
  );
  return heir;
};

/** The orphans of a resource that has a client of its own, without those that the platform is about to delete. */
const strays = async (
  session: Session,
  { owner, token }: Claim,
  clientId: string,
): Promise<OAuthClient[]> => {
  const claimed = new Set([...session.claimed, token]);
  return orphansOf(await session.clients.all(), owner, claimed).filter(
    (client) => client.id !== clientId && !isScheduled(client),
  );
};

/**
 * Ids of the clients that this resource made and the state has forgotten, other than `clientId`. Tells the user of
 * them: they exist because an earlier run broke off between making a client and noting it.
 */
export const findStrays = async (session: Session, claim: Claim, clientId: string): Promise<string[]> => {
  const ids = (await strays(session, claim, clientId)).map(idOf).sort();
  if (ids.length > 0)
    session.warn(
      `OAuth client ${ids.join(", ")}: made for ${claim.owner} by a run that broke off; the next update deletes it, unless it is in use.`,
    );
  return ids;
};

/** Deletes what `findStrays` finds. */
export const retireStrays = async (session: Session, claim: Claim, clientId: string): Promise<void> =>
  retire(session, claim.owner, await strays(session, claim, clientId));

const retire = async (session: Session, owner: string, orphans: readonly OAuthClient[]): Promise<void> => {
  for (const orphan of orphans) {
    const id = idOf(orphan);
    const requests = await requestsOf(session, orphan);
    if (requests > 0) {
      session.warn(
        `OAuth client ${id} was made for ${owner} and is in use (${requests} requests), but the state does not know it. It stays: find out who uses it.`,
      );
      continue;
    }
    const token = readMarker(orphan.description)?.token ?? "";
    await retireClient(session, id, { owner, token });
  }
};
