import { resetSecret } from "../rotator/client-secret.ts";
import type { Answering } from "./answer.ts";
import { persistently } from "./containment.ts";
import { storeCurrent } from "./replacement.ts";

/**
 * Gives the leaked client another secret and stores it for its users: replacement and containment in one. A crash in
 * between leaves the store with the leaked secret, by which the next attempt knows that it has to be done again.
 */
export const resetInPlace = async (
  { revoker, api, suspect, grip }: Answering,
  home: string,
): Promise<void> => {
  const { clientId } = suspect;
  const clientSecret = await persistently(revoker.ports.clock, undefined, () => resetSecret(api, clientId));
  if (clientSecret !== undefined)
    await storeCurrent(revoker, home, grip.key, { clientId, clientSecret }, suspect);
};
