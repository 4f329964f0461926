import { InvalidCredentialsError } from "../../apis/genesys/errors.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { type BatchAnswer, batchHandler } from "./batch.ts";
import { type LeakMessage, parseLeakMessage } from "./messages.ts";
import { createRevoker, type RevokePorts, type Revoker } from "./revoker.ts";
import { workOn } from "./work.ts";

/** The function ends after two minutes: a longer pause is left to the sweep. */
const longestPauseSeconds = 45;

/** The master may have been replaced since its secret was read: its session is then made anew. */
const withFreshSession = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error;
    return work();
  }
};

const answer = async (revoker: Revoker, message: LeakMessage, holder: string): Promise<void> => {
  const { clock } = revoker.ports;
  const { againInSeconds } = await withFreshSession(() => workOn(revoker, message, holder));
  if (againInSeconds === undefined || againInSeconds > longestPauseSeconds) return;
  await clock.sleep(againInSeconds * 1000);
  await withFreshSession(() => workOn(revoker, { ...message, reason: "lookAgain" }, holder));
};

/**
 * Finds out whether leaked secrets are live and ours, and stops their clients. Each message may come any number of
 * times.
 */
export const createRevoke = (
  ports: RevokePorts,
  declarations: RotationDeclarations,
  leak: LeakDeclarations,
): ((event: unknown) => Promise<BatchAnswer>) => {
  const revoker = createRevoker(ports, declarations, leak);
  return batchHandler(ports.log, "An alert could not be answered", (body, messageId) =>
    answer(revoker, parseLeakMessage(body), `revoke-${messageId}`),
  );
};
