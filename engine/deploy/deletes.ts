import type { ResourceState } from "../model/deployment.ts";
import { dependenciesOf } from "./graph.ts";
import { Halted } from "./halt.ts";
import type { RunContext } from "./run-context.ts";
import { step } from "./steps.ts";

/**
 * Deletes resources, each after everything that depends on it has gone. What a protected resource depends on stays
 * with it.
 *
 * @param all the resources in the order of the state
 */
export const deleteResources = async (
  context: RunContext,
  condemned: ReadonlySet<ResourceState>,
  all: ResourceState[],
): Promise<void> => {
  const dependents = new Map([...condemned].map((state) => [state, [] as ResourceState[]]));
  for (const [state, uses] of dependenciesOf(all))
    if (condemned.has(state)) for (const used of uses) dependents.get(used)?.push(state);

  const gone = new Map<ResourceState, Promise<boolean>>();
  // The state lists what depends after what it depends on; so, backwards, every dependent has been begun already.
  for (const state of all.toReversed()) {
    if (!condemned.has(state)) continue;
    const waits = (dependents.get(state) ?? []).map((dependent) => gone.get(dependent));
    gone.set(
      state,
      Promise.all(waits).then(async (answers) =>
        answers.every((isGone) => isGone !== false) ? deleteOne(context, state) : false,
      ),
    );
  }
  await Promise.all(gone.values());
};

/** Whether the resource has gone; why not has been reported. */
const deleteOne = async (context: RunContext, state: ResourceState): Promise<boolean> => {
  const operation = state.delete ? "delete-replaced" : "delete";
  if (state.protect && !state.delete) {
    const { urn, type: resourceType } = state;
    context.emit({ type: "step-failed", urn, resourceType, operation, message: protectedMessage(urn) });
    context.halt.fail();
    return false;
  }
  try {
    await step(context, operation, state, { old: state }, () => remove(context, state));
    return true;
  } catch (error) {
    if (error instanceof Halted) return false;
    throw error;
  }
};

const protectedMessage = (urn: string): string =>
  `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` ` +
  "flag from the resource in your Pulumi program and run `guard up` (with the resource still in it)";

const remove = async (context: RunContext, state: ResourceState): Promise<void> => {
  const { journal, hosts, planning } = context;
  if (planning) return;
  await journal.begin("deleting", state);
  const { urn, id = "", inputs = {}, outputs = {} } = state;
  if (state.custom && !state.retainOnDelete && !state.external) {
    const host = await hosts.hostFor(state.type, state.provider);
    try {
      await host.delete({ urn, id, inputs, outputs });
    } catch (error) {
      await journal.fail(state);
      throw error;
    }
  }
  await journal.remove(state);
};
