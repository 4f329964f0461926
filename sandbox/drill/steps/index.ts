import type { Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { deploy } from "./deploy.ts";
import { destroy } from "./destroy.ts";
import { drift } from "./drift.ts";
import { emergency } from "./emergency.ts";
import { interruption } from "./interruption.ts";
import { leaks, preparation } from "./leak.ts";
import { refusals } from "./refusals.ts";
import { rotation } from "./rotation.ts";
import { secrecy } from "./secrecy.ts";
import { unchanged, unchangedByRotation } from "./unchanged.ts";
import { update } from "./update.ts";

export const steps: readonly Step<DrillWorld>[] = [
  deploy,
  unchanged,
  preparation,
  ...drift,
  ...refusals,
  update,
  ...interruption,
  rotation,
  ...emergency,
  ...leaks,
  unchangedByRotation,
  secrecy,
  destroy,
];
