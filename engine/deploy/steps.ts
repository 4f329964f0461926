import { InitFailed, type ResourceHost } from "../hosts/resource-host.ts";
import type { ResourceState } from "../model/deployment.ts";
import type { PropertyChange, StepOperation } from "../model/events.ts";
import type { PropertyMap } from "../model/property.ts";
import { isProviderType, urnName } from "../wire/urn.ts";
import { mapRedacted } from "../wire/values.ts";
import { changesBetween } from "./changes.ts";
import { Halted } from "./halt.ts";
import type { Plan } from "./plan.ts";
import type { RunContext } from "./run-context.ts";
import { type DeployedState, hasNewTrace, markSecretOutputs } from "./state.ts";

/** What a person sees of a step beside the resource. */
export interface Shown {
  old?: ResourceState;
  now?: ResourceState;
  changes?: PropertyChange[];
}

/** Default providers are the engine's own business: neither shown nor counted. */
const isInternal = ({ type, urn }: ResourceState): boolean =>
  isProviderType(type) && /^default($|_)/.test(urnName(urn));

/**
 * Carries out a plan, or pretends to; `now` ends as the state that the step has led to.
 *
 * @throws Halted after reporting the failure
 */
export const carryOut = async (
  context: RunContext,
  plan: Plan,
  host: ResourceHost | undefined,
): Promise<void> => {
  switch (plan.operation) {
    case "same":
      return keep(context, plan.old, plan.now);
    case "create":
      return create(context, plan.now, host);
    case "update":
      return update(context, plan.old, plan.now, plan.changedKeys, host);
    case "replace": {
      const { old, now, replaceKeys, changedKeys } = plan;
      const changes = changesBetween(old.inputs ?? {}, now.inputs ?? {}, replaceKeys, changedKeys);
      await create(context, now, host, { old, now, changes });
      return step(context, "replace", now, { old, now, changes }, async () => undefined);
    }
  }
};

/**
 * Runs one step when its turn comes: reports it, counts it, and on failure halts the deployment.
 *
 * @throws Halted
 */
export const step = async (
  context: RunContext,
  operation: StepOperation,
  state: ResourceState,
  shown: Shown,
  task: () => Promise<void>,
): Promise<void> => {
  const { urn, type: resourceType } = state;
  const { emit, halt, lanes, planning, tally } = context;
  const visible = !isInternal(state);
  try {
    await lanes.run(async () => {
      halt.check();
      if (visible && !planning) emit({ type: "step-started", urn, resourceType, operation });
      await task();
    });
  } catch (error) {
    if (error instanceof Halted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    emit({ type: "step-failed", urn, resourceType, operation, message });
    halt.raise("failed");
    throw new Halted();
  }
  if (!visible) return;
  if (isCounted(operation)) tally[operation] = (tally[operation] ?? 0) + 1;
  emit({
    type: "step-finished",
    urn,
    resourceType,
    operation,
    planned: planning,
    changes: shown.changes ?? [],
    ...(shown.old?.inputs !== undefined && { oldInputs: mapRedacted(shown.old.inputs) }),
    ...(shown.now?.inputs !== undefined && { newInputs: mapRedacted(shown.now.inputs) }),
  });
};

/** A replacement counts once, not with its two halves. */
const isCounted = (operation: StepOperation): boolean =>
  operation !== "create-replacement" && operation !== "delete-replaced";

const keep = (context: RunContext, old: ResourceState, now: ResourceState): Promise<void> =>
  step(context, "same", now, { old, now }, async () => {
    if (old.id !== undefined) now.id = old.id;
    if (old.outputs !== undefined) now.outputs = old.outputs;
    if (now.outputs !== undefined) markSecretOutputs(now);
    await context.journal.keep(old, now, hasNewTrace(old, now));
  });

const create = (
  context: RunContext,
  now: ResourceState,
  host: ResourceHost | undefined,
  replacing?: Shown & { old: ResourceState },
): Promise<void> =>
  step(
    context,
    replacing === undefined ? "create" : "create-replacement",
    now,
    replacing ?? { now },
    async () => {
      const { urn, inputs = {} } = now;
      const { journal } = context;
      await journal.begin("creating", now);
      const failure = await attempt(context, now, host, () =>
        host?.create({ urn, inputs, preview: context.planning }),
      );
      now.created = now.modified = new Date().toISOString();
      if (replacing !== undefined) replacing.old.delete = true;
      await journal.put(undefined, now);
      if (failure !== undefined) throw failure;
    },
  );

const update = (
  context: RunContext,
  old: ResourceState,
  now: ResourceState,
  changedKeys: string[],
  host: ResourceHost | undefined,
): Promise<void> => {
  const { urn, inputs: newInputs = {}, ignoreChanges = [] }: DeployedState = now;
  const { id = "", inputs: oldInputs = {}, outputs: oldOutputs = {} } = old;
  const changes = changesBetween(oldInputs, newInputs, [], changedKeys);
  return step(context, "update", now, { old, now, changes }, async () => {
    const { journal } = context;
    if (old.id !== undefined) now.id = old.id;
    await journal.begin("updating", now);
    const preview = context.planning;
    const request = { urn, id, oldInputs, oldOutputs, newInputs, ignoreChanges, preview };
    const failure = await attempt(context, now, host, () => host?.update(request));
    if (host !== undefined) now.modified = new Date().toISOString();
    await journal.put(old, now);
    if (failure !== undefined) throw failure;
  });
};

/**
 * Calls the provider and takes over what it answers. An object that exists but is not finished is taken over too,
 * and the failure returned.
 */
const attempt = async (
  context: RunContext,
  now: ResourceState,
  host: ResourceHost | undefined,
  call: () => Promise<{ id?: string; outputs: PropertyMap }> | undefined,
): Promise<InitFailed | undefined> => {
  if (host === undefined) return undefined;
  try {
    // A dynamic provider has no preview: the inputs stand for the outputs, and what is missing is unknown.
    const pretends = context.planning && !host.previews;
    const answer = pretends ? { outputs: now.inputs ?? {} } : await call();
    if (answer?.id !== undefined && answer.id !== "") now.id = answer.id;
    now.outputs = answer?.outputs ?? {};
    markSecretOutputs(now);
    return undefined;
  } catch (error) {
    if (!(error instanceof InitFailed)) {
      await context.journal.fail(now);
      throw error;
    }
    now.id ??= error.id;
    now.outputs = error.outputs;
    now.initErrors = error.reasons;
    markSecretOutputs(now);
    return error;
  }
};
