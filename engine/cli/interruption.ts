import type { Halt } from "../deploy/halt.ts";

/**
 * The first Ctrl-C lets running operations finish and begins no new ones; the second ends at once, leaving in the
 * state which operations were under way.
 *
 * @returns what takes the signals back
 */
export const onInterruption = (
  halt: Halt,
  say: (text: string) => void,
  end: () => Promise<void>,
): (() => void) => {
  let signals = 0;
  const interrupt = (): void => {
    signals++;
    if (signals === 1) {
      say("\nCancelling: waiting for the operations under way; press ^C again to end at once.\n");
      halt.raise("canceled");
    } else {
      void end().finally(() => process.exit(1));
    }
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
};
