import type { Mishap as DeliveryMishap } from "../../../sandbox/github/mishaps.ts";
import type { Mishap, OutsideCall, Random } from "../../../sandbox/runtime/index.ts";
import { oneOf, weighted } from "./chance.ts";

/** How much goes wrong in a world. */
export interface Trouble {
  /** Of all outside calls of the functions. */
  callRate: number;
  /** Of all webhooks. */
  deliveryRate: number;
  /** Nothing befalls the function that tells people: then nobody may be told twice. */
  sparesReports: boolean;
  latencyMilliseconds: number;
}

export const troubleOf = (random: Random): Trouble => ({
  callRate: oneOf(random, [0, 0, 0.01, 0.03, 0.08]) ?? 0,
  deliveryRate: oneOf(random, [0, 0.2, 0.5]) ?? 0,
  sparesReports: random() < 0.5,
  latencyMilliseconds: oneOf(random, [0, 150, 600]) ?? 0,
});

const statuses = [429, 429, 500, 502, 503, 504] as const;
const services: readonly OutsideCall["port"][] = ["platform", "github", "slack", "siem"];

/** What befalls a call. */
export const mishapOf = (random: Random, trouble: Trouble, call: OutsideCall): Mishap | undefined => {
  if (random() >= trouble.callRate) return undefined;
  if (trouble.sparesReports && call.functionName === "report") return undefined;
  const isOverHttp = services.includes(call.port);
  const kind = weighted(random, {
    crashBefore: 1,
    crashAfter: 1,
    failBefore: 1,
    failAfter: 1,
    status: isOverHttp ? 2 : 0,
  });
  if (kind !== "status") return { kind };
  return {
    kind,
    status: oneOf(random, statuses) ?? 503,
    ...(random() < 0.4 ? { retryAfterSeconds: Math.ceil(random() * 60) } : {}),
  };
};

/** What befalls a webhook. */
export const deliveryMishapOf = (random: Random, { deliveryRate }: Trouble): DeliveryMishap | undefined => {
  if (random() >= deliveryRate) return undefined;
  const milliseconds = Math.floor(random() * 3_600_000);
  switch (weighted(random, { late: 1, overtaken: 1, duplicated: 2, lost: 1, forgotten: 1, answerLost: 1 })) {
    case "late":
      return { kind: "late", milliseconds };
    case "overtaken":
      return { kind: "overtaken" };
    case "duplicated":
      return { kind: "duplicated", milliseconds };
    case "lost":
      return { kind: "lost", recorded: true };
    case "forgotten":
      return { kind: "lost", recorded: false };
    case "answerLost":
      return { kind: "answerLost" };
  }
};
