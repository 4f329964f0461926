import type { OAuthClient } from "../../apis/genesys/api.ts";
import { readMarker } from "../../core/marker.ts";
import type { ClientInputs } from "./client-inputs.ts";
import { retireClient } from "./client-retirement.ts";
import { idOf } from "./identity.ts";
import { orphansOf } from "./ownership.ts";
import type { Session } from "./session.ts";

/**
 * The client that an earlier, half-done create of this resource left behind, if it can serve: what the state has
 * forgotten of this resource's clients. Others of them are deleted, since nothing else would ever find them: those
 * of another grant type, which no client changes, and all of them where the resource adopts a client.
 *
 * The platform's list may be incomplete; what it does not show stays for a later run.
 */
export const takeOrphan = async (
  session: Session,
  inputs: ClientInputs,
): Promise<OAuthClient | undefined> => {
  const orphans = orphansOf(await session.clients.all(), inputs.owner, session.claimed).filter(
    ({ id, state }) => isLiving(state) && id !== inputs.adoptId,
  );
  const heir = orphans.find(
    ({ authorizedGrantType }) =>
      inputs.adoptId === undefined && authorizedGrantType === inputs.authorizedGrantType,
  );
  for (const orphan of orphans) {
    const token = readMarker(orphan.description)?.token;
    if (orphan !== heir && token !== undefined) {
      await retireClient(session, idOf(orphan), { owner: inputs.owner, token });
    }
  }
  return heir;
};

/** An inactive client is on its way out. */
const isLiving = (state: string | undefined): boolean => state !== "inactive" && state !== "deleted";
