import { randomBytes } from "node:crypto";
import { type Random, wholeBetween } from "../../../sandbox/runtime/index.ts";

/** One of them, each as likely as its weight says. */
export const weighted = <T extends string>(random: Random, weights: Readonly<Record<T, number>>): T => {
  const entries = Object.entries(weights) as [T, number][];
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const [last] = entries.at(-1) ?? [];
  if (last === undefined) throw new Error("There is nothing to choose from.");
  return last;
};

export const oneOf = <T>(random: Random, some: readonly T[]): T | undefined =>
  some[wholeBetween(random, 0, Math.max(0, some.length - 1))];

/** What looks like a client's secret, and opens nothing. */
export const lookAlike = (): string => {
  for (;;) {
    const text = randomBytes(32).toString("base64url");
    if (/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(text)) return text;
  }
};
