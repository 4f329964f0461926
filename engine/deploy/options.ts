import type { Binding } from "../hosts/binding.ts";
import type { Deployment } from "../model/deployment.ts";
import type { EngineEvent } from "../model/events.ts";
import type { PropertyMap } from "../model/property.ts";
import type { PolicyPackChoice } from "../policy/pack.ts";
import type { Halt } from "./halt.ts";
import type { Tally } from "./run-context.ts";

/** One deployment of one stack: what to run, from which state, and where to report. */
export interface DeploymentOptions {
  /** Nothing is changed, neither outside nor in the state. */
  planning: boolean;
  project: string;
  stack: string;
  /** The folder of Pulumi.yaml. */
  projectRoot: string;
  /** Where program and dynamic providers run. */
  programDirectory: string;
  /** The program, relative to `programDirectory`. */
  entryPoint: string;
  runtimeOptions: Readonly<Record<string, unknown>>;
  /** By `namespace:name`, secrets in clear. */
  config: ReadonlyMap<string, string>;
  secretKeys: readonly string[];
  /** The state that the last deployment has left. Never changed. */
  base: Deployment;
  /** Writes a state durably. Not called while planning. */
  save(deployment: Deployment): Promise<void>;
  policyPacks: readonly PolicyPackChoice[];
  /** What stands in for the plugins of packages, by the package's name. */
  bindings: ReadonlyMap<string, Binding>;
  /** Operations at a time. */
  parallel: number;
  environment: Readonly<Record<string, string | undefined>>;
  emit: (event: EngineEvent) => void;
  /** Raised from outside to cancel. */
  halt: Halt;
}

export interface DeploymentResult {
  succeeded: boolean;
  tally: Tally;
  /** Of the stack, secrets in wire form. */
  outputs: PropertyMap;
  /** Types that were planned, and that guard cannot change. */
  pluginTypes: string[];
}

/** A file store has no organisations; Pulumi says `organization` in their place. */
export const organization = "organization";
