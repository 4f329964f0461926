import type { RotatedCredential, RotationSettings } from "./credential.ts";
import { type Generation, knownClient, type UsageLook } from "./credential-record.ts";
import { drainInputs, drainPhases } from "./timing.ts";

/** A generation that is on its way out. */
export type Retiring = Exclude<Generation, { phase: "pending" | "live" }>;

export const isRetiring = (generation: Generation): generation is Retiring =>
  generation.phase !== "pending" && generation.phase !== "live";

type Drained = Pick<RotatedCredential, "secretCacheSeconds" | "client">;

/** How a client is stopped: `disabled` ends its tokens as well. */
export type Stop = "inactive" | "disabled";

/**
 * When an event is to come that came before its time. If it came early because the scheduler's clock is ahead, it
 * would come early again and again: it is asked for when both clocks must be past the time.
 */
export const comeAgainAt = (until: number, now: number, skewSeconds: number): number =>
  until - now <= skewSeconds * 1000 ? until + skewSeconds * 1000 : until;

/** How a generation of this kind is stopped, and how long it then stays before it is deleted. */
const stopping = (
  generation: Generation,
  credential: Drained,
  settings: RotationSettings,
): { state: Stop; seconds: number } => {
  const inputs = drainInputs(credential, settings, generation.tokenLifetimeSeconds);
  if (generation.contained !== true)
    return { state: "inactive", seconds: drainPhases(inputs).inactiveSeconds };
  // To be deleted, a client must leave `disabled`: only when no token of it could come back to life.
  return settings.capabilities.tenantMayDisable
    ? { state: "disabled", seconds: inputs.tokenLifetimeSeconds + inputs.skewSeconds }
    : { state: "inactive", seconds: 0 };
};

/** When something is to be done about a generation, in milliseconds since 1970. */
export const dueAt = (generation: Retiring, credential: Drained, settings: RotationSettings): number => {
  const inputs = drainInputs(credential, settings, generation.tokenLifetimeSeconds);
  switch (generation.phase) {
    case "draining":
      return (
        generation.supersededAt +
        (generation.contained === true ? 0 : drainPhases(inputs).activeSeconds * 1000)
      );
    case "observing":
      return generation.look.at + (generation.contained === true ? 0 : inputs.usageWindowSeconds * 1000);
    case "inactive":
      return generation.inactiveAt + stopping(generation, credential, settings).seconds * 1000;
  }
};

interface Wait {
  kind: "wait";
  until: number;
}

/** It gives out no more tokens, and is deleted at `deleteAt`. */
export interface StopStep {
  kind: "stop";
  state: Stop;
  deleteAt: number;
}

export type RetirementStep =
  | Wait
  /** Its use is looked at; `judgeUse` says what follows. */
  | { kind: "look" }
  | StopStep
  | { kind: "delete" };

/** What is to be done about a generation now. */
export const nextStep = (
  generation: Retiring,
  credential: Drained,
  settings: RotationSettings,
  now: number,
): RetirementStep => {
  const due = dueAt(generation, credential, settings);
  if (now < due) return { kind: "wait", until: due };
  if (generation.phase === "inactive") return { kind: "delete" };
  return generation.contained === true ? stopNow(generation, credential, settings, now) : { kind: "look" };
};

const stopNow = (
  generation: Generation,
  credential: Drained,
  settings: RotationSettings,
  now: number,
): StopStep => {
  const { state, seconds } = stopping(generation, credential, settings);
  return { kind: "stop", state, deleteAt: now + seconds * 1000 };
};

export interface UseVerdict {
  step: StopStep | Wait;
  /** It is used, or nobody can say that it is not, after its time: a call that was only counted late is no use. */
  inUse: boolean;
}

/**
 * What follows from a look at a generation's use. The platform counts by day and with a delay, so it is not the count
 * that tells, but whether it grows from one look to the next. What is unknown counts as use until the deadline.
 */
export const judgeUse = (
  generation: Extract<Generation, { phase: "draining" | "observing" }>,
  look: UsageLook,
  credential: Drained,
  settings: RotationSettings,
): UseVerdict => {
  const inputs = drainInputs(credential, settings, generation.tokenLifetimeSeconds);
  const before = generation.phase === "observing" ? generation.look.requests : undefined;
  const isQuiet = before !== undefined && before === look.requests;
  const end = generation.supersededAt + drainPhases(inputs).activeSeconds * 1000;
  const isLate = look.at >= end + settings.usageDelaySeconds * 1000;
  const inUse = generation.phase === "observing" && !isQuiet && isLate;
  if (isQuiet || look.at >= end + settings.usageDeadlineSeconds * 1000)
    return { step: stopNow(generation, credential, settings, look.at), inUse };
  return { step: { kind: "wait", until: look.at + inputs.usageWindowSeconds * 1000 }, inUse };
};

/** The generation after a look that settled nothing. */
export const observedAt = (generation: Retiring, look: UsageLook): Retiring => ({
  ...knownClient(generation),
  phase: "observing",
  supersededAt: generation.supersededAt,
  look,
});

/** The generation once it gives out no more tokens. */
export const stoppedAt = (generation: Retiring, inactiveAt: number): Retiring => ({
  ...knownClient(generation),
  phase: "inactive",
  supersededAt: generation.supersededAt,
  inactiveAt,
});
