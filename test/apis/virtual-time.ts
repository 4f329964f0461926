import type { Transport } from "../../apis/http/client.ts";

/** A clock that only moves when someone sleeps, and remembers how long. */
export const virtualTime = (random = 0.5) => {
  let time = Date.parse("2026-09-01T00:00:00Z");
  const pauses: number[] = [];
  const transport = {
    now: () => time,
    random: () => random,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
      time += milliseconds;
    },
  } satisfies Transport;
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { transport, pauses, pass };
};
