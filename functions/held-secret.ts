import type { Secret } from "../apis/http/secret.ts";
import type { HeldSecret } from "./ports.ts";

/** How long a secret that was read is used without being read again. */
const keptMilliseconds = 300_000;

/** Keeps what `read` reads for five minutes; who asks while it is being read waits for the same answer. */
export const keptSecret = (read: () => Promise<Secret>, now: () => number): HeldSecret => {
  let kept: { value: Promise<Secret>; at: number } | undefined;
  return {
    read: ({ fresh } = { fresh: false }) => {
      if (!fresh && kept !== undefined && now() - kept.at < keptMilliseconds) return kept.value;
      const asked = { value: read(), at: now() };
      kept = asked;
      asked.value.catch(() => {
        if (kept === asked) kept = undefined;
      });
      return asked.value;
    },
  };
};
