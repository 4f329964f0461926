import type { Hosts } from "../hosts/hosts.ts";
import type { EngineEvent, Severity, StepOperation } from "../model/events.ts";
import type { Analysis } from "../policy/analysis.ts";
import type { Scope } from "../wire/urn.ts";
import type { Halt } from "./halt.ts";
import type { Journal } from "./journal.ts";
import type { Lanes } from "./lanes.ts";

/** What the parts of one deployment share. */
export interface RunContext {
  scope: Scope;
  /** Nothing is changed, neither outside nor in the state. */
  planning: boolean;
  journal: Journal;
  hosts: Hosts;
  lanes: Lanes;
  halt: Halt;
  policies: Analysis;
  emit: (event: EngineEvent) => void;
  tally: Tally;
}

/** What the summary counts. */
export type Tally = Partial<Record<StepOperation, number>>;

export const diagnose = (context: RunContext, severity: Severity, message: string, urn?: string): void =>
  context.emit({ type: "diagnostic", severity, message, ...(urn !== undefined && { urn }) });
