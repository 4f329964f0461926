import type { Mishap, Mishaps, OutsideCall, Random } from "../../../sandbox/runtime/index.ts";
import type { World } from "./world.ts";

const statuses = [429, 500, 502, 503, 504] as const;

/** What may befall a call, each as likely as the others. */
const choose = (random: Random, call: OutsideCall): Mishap => {
  const kinds: readonly (() => Mishap)[] = [
    () => ({ kind: "crashBefore" }),
    () => ({ kind: "crashAfter" }),
    () => ({ kind: "failBefore" }),
    () => ({ kind: "failAfter" }),
    ...(call.port === "platform"
      ? [
          (): Mishap => ({
            kind: "status",
            status: statuses[Math.floor(random() * statuses.length)] ?? 503,
            ...(random() < 0.3 ? { retryAfterSeconds: Math.ceil(random() * 90) } : {}),
          }),
        ]
      : []),
  ];
  return (kinds[Math.floor(random() * kinds.length)] ?? kinds[0])?.() ?? { kind: "failBefore" };
};

/** The mishaps of a world. None while `isSpared`: trouble that never ends would keep any rotation from succeeding. */
export const worldMishaps = (
  { mishapRate, latencyMilliseconds }: World,
  random: Random,
  isSpared: () => boolean,
): Required<Mishaps> => ({
  mishap: (call) => (random() >= mishapRate || isSpared() ? undefined : choose(random, call)),
  latencyMilliseconds: () => {
    if (random() < mishapRate / 10 && !isSpared()) return 30_000;
    return random() * latencyMilliseconds;
  },
});
