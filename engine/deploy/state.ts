import type { ResourceState } from "../model/deployment.ts";
import { isSecret, type PropertyMap, secret } from "../model/property.ts";
import { equal } from "../wire/values.ts";
import type { Goal } from "./goal.ts";

/** What a refresh has to know of the program, which it does not run. */
export type DeployedState = ResourceState & { ignoreChanges?: string[] };

/** The state that a goal leads to, before anything was done for it. */
export const stateOf = (
  goal: Goal,
  urn: string,
  provider: string | undefined,
  old: ResourceState | undefined,
): DeployedState => ({
  urn,
  custom: goal.custom,
  type: goal.type,
  inputs: goal.inputs,
  ...(goal.parent !== undefined && { parent: goal.parent }),
  ...(goal.protect === true && { protect: true }),
  ...(goal.dependencies.length > 0 && { dependencies: goal.dependencies }),
  ...(provider !== undefined && { provider }),
  ...(Object.keys(goal.propertyDependencies).length > 0 && {
    propertyDependencies: goal.propertyDependencies,
  }),
  ...(goal.additionalSecretOutputs.length > 0 && {
    additionalSecretOutputs: goal.additionalSecretOutputs,
  }),
  ...(goal.customTimeouts !== undefined && { customTimeouts: goal.customTimeouts }),
  ...(goal.retainOnDelete === true && { retainOnDelete: true }),
  ...(goal.ignoreChanges.length > 0 && { ignoreChanges: goal.ignoreChanges }),
  ...(goal.sourcePosition !== undefined && { sourcePosition: goal.sourcePosition }),
  ...(old?.created !== undefined && { created: old.created }),
  ...(old?.modified !== undefined && { modified: old.modified }),
});

/**
 * Marks as secret the outputs that the program asked for, and those whose input of the same name is one.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_executor.go (`continueExecuteStep`)
 */
export const markSecretOutputs = (state: ResourceState): void => {
  const outputs: PropertyMap = { ...state.outputs };
  const wanted = new Set(state.additionalSecretOutputs);
  for (const [key, value] of Object.entries(outputs))
    if (!isSecret(value) && (wanted.has(key) || isSecret(state.inputs?.[key]))) outputs[key] = secret(value);
  state.outputs = outputs;
};

const sorted = (urns: string[] = []): string[] => [...urns].sort();

/**
 * Whether an unchanged resource has left a trace in the state that is worth a write of its own.
 * https://github.com/pulumi/pulumi/blob/master/pkg/backend/snapshot.go (`mustWrite`)
 */
export const hasNewTrace = (old: ResourceState, now: ResourceState): boolean => {
  const trace = (state: ResourceState): PropertyMap => ({
    dependencies: sorted(state.dependencies),
    inputs: state.inputs ?? {},
    outputs: state.outputs ?? {},
    provider: state.provider ?? "",
    parent: state.parent ?? "",
    protect: state.protect === true,
    retainOnDelete: state.retainOnDelete === true,
    customTimeouts: state.customTimeouts ?? {},
  });
  return !equal(trace(old), trace(now));
};
