import type { Deployment, ResourceState } from "../model/deployment.ts";
import type { PropertyChange, StepOperation } from "../model/events.ts";
import { isProviderType, stackType } from "../wire/urn.ts";
import { equal, mapRedacted, mapWithoutSecrets } from "../wire/values.ts";
import { changesBetween } from "./changes.ts";
import { withoutDangling } from "./dangling.ts";
import { refuseForeignState, refusePluginTypes } from "./old-state.ts";
import type { DeploymentOptions, DeploymentResult } from "./options.ts";
import { diagnose, type RunContext } from "./run-context.ts";
import { openSession } from "./session.ts";
import { type DeployedState, markSecretOutputs } from "./state.ts";

export interface RefreshOptions extends DeploymentOptions {
  /** Forget creates that were cut off. */
  clearPendingCreates: boolean;
}

/**
 * Reads every resource again and takes over what has changed outside; what has gone leaves the state. A resource
 * that cannot be read is reported and stays as it is.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/deployment_executor.go (`refresh`)
 *
 * @throws GuardError if it cannot begin
 */
export const refresh = async (options: RefreshOptions): Promise<DeploymentResult> => {
  const { base, planning, save, clearPendingCreates } = options;
  refuseForeignState(base.resources ?? []);
  const { context, stop } = await openSession(options);
  try {
    const olds = context.journal.resources();
    refusePluginTypes(olds, context.hosts);
    const news = await Promise.all(olds.map((old) => readAgain(context, old)));
    const resources = withoutDangling(olds, news);
    const pending = (base.pending_operations ?? []).filter(
      ({ type }) => type === "creating" && !clearPendingCreates,
    );
    if (pending.length > 0)
      diagnose(
        context,
        "warning",
        [
          "Creates that were cut off stay in the state, because the resources may exist:",
          ...pending.map(({ resource }) => `  * ${resource.urn}`),
          "Check with their provider, then forget them with --clear-pending-creates.",
        ].join("\n"),
      );
    const { pending_operations: _, ...rest } = base;
    const after: Deployment = {
      ...rest,
      resources,
      ...(pending.length > 0 && { pending_operations: pending }),
    };
    if (!planning) await save(after);
    const outputs = resources.find(({ type }) => type === stackType)?.outputs ?? {};
    return { succeeded: !context.halt.failed, tally: context.tally, outputs, pluginTypes: [] };
  } finally {
    await stop();
  }
};

/** The resource as it is now; undefined if it has gone. */
const readAgain = async (context: RunContext, old: ResourceState): Promise<ResourceState | undefined> => {
  if (isProviderType(old.type)) return old;
  const { urn, type: resourceType } = old;
  try {
    return await context.lanes.run(async () => {
      context.halt.check();
      if (!context.planning) context.emit({ type: "step-started", urn, resourceType, operation: "refresh" });
      const { now, changes, drifted } = await read(context, old);
      const operation: StepOperation = now === undefined ? "delete" : drifted ? "update" : "same";
      context.tally[operation] = (context.tally[operation] ?? 0) + 1;
      context.emit({
        type: "step-finished",
        urn,
        resourceType,
        operation,
        planned: context.planning,
        changes,
        oldInputs: mapRedacted(old.inputs ?? {}),
        ...(now?.inputs !== undefined && { newInputs: mapRedacted(now.inputs) }),
      });
      return now;
    });
  } catch (error) {
    if (context.halt.reason !== undefined) return old;
    const message = error instanceof Error ? error.message : String(error);
    context.emit({ type: "step-failed", urn, resourceType, operation: "refresh", message });
    context.halt.fail();
    return old;
  }
};

interface Seen {
  now: ResourceState | undefined;
  changes: PropertyChange[];
  /** Whether an update of the unchanged program would have something to do. */
  drifted: boolean;
}

const read = async (context: RunContext, old: DeployedState): Promise<Seen> => {
  if (!old.custom) return { now: old, changes: [], drifted: false };
  const { urn, id = "", inputs = {}, outputs = {}, ignoreChanges = [] } = old;
  const host = await context.hosts.hostFor(old.type, old.provider);
  const answer = await host.read({ urn, id, inputs, outputs });
  if (answer === undefined) return { now: undefined, changes: [], drifted: true };
  const { initErrors: _, ...kept } = old;
  const now: ResourceState = {
    ...kept,
    id: answer.id,
    inputs: answer.inputs ?? inputs,
    outputs: answer.outputs,
    ...(answer.initErrors.length > 0 && { initErrors: answer.initErrors }),
  };
  markSecretOutputs(now);
  if (answer.initErrors.length > 0)
    diagnose(
      context,
      "warning",
      ["Refreshed resource is in an unhealthy state:", ...answer.initErrors].join("\n* "),
      urn,
    );
  const { inputs: newInputs = {}, outputs: newOutputs = {} } = now;
  if (!equal(newInputs, inputs) || !equal(newOutputs, outputs)) now.modified = new Date().toISOString();
  // Drift is what the next update of the same program would undo: from what is there to what was declared.
  const difference = await host.diff({
    urn,
    id: answer.id,
    oldInputs: newInputs,
    oldOutputs: newOutputs,
    newInputs: inputs,
    ignoreChanges,
  });
  const drifted =
    difference.changes === "some" ||
    (difference.changes === "unknown" && !equal(mapWithoutSecrets(newInputs), mapWithoutSecrets(inputs)));
  const changes = drifted ? changesBetween(inputs, newInputs, [], difference.changedKeys) : [];
  return { now, changes, drifted };
};
