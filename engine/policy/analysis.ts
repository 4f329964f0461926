import type { Goal } from "../deploy/goal.ts";
import type { ResourceState } from "../model/deployment.ts";

/** The policy packs of one deployment. */
export interface Analysis {
  /** Judges a resource before anything is done for it, and reports what it violates. */
  analyze(state: ResourceState, goal: Goal): Promise<{ mandatory: boolean }>;
  /** Judges the resources as they have become. */
  analyzeStack(states: ResourceState[]): Promise<{ mandatory: boolean }>;
  stop(): Promise<void>;
}

/** No policy pack. */
export const noPolicies: Analysis = {
  analyze: async () => ({ mandatory: false }),
  analyzeStack: async () => ({ mandatory: false }),
  stop: async () => undefined,
};
