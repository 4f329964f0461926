import type { ResourceHost } from "../hosts/resource-host.ts";
import type { ResourceState } from "../model/deployment.ts";
import type { PropertyMap } from "../model/property.ts";
import { urnName } from "../wire/urn.ts";
import { equal, mapWithoutSecrets } from "../wire/values.ts";
import type { Goal } from "./goal.ts";
import { Halted } from "./halt.ts";
import { ignoreChanges } from "./ignore-changes.ts";
import { unsupported } from "./refusals.ts";
import { diagnose, type RunContext } from "./run-context.ts";

/** How a resource gets from the state of the last deployment to the goal. */
export type Plan =
  | { operation: "create"; now: ResourceState }
  | { operation: "same"; old: ResourceState; now: ResourceState }
  | { operation: "update"; old: ResourceState; now: ResourceState; changedKeys: string[] }
  | {
      operation: "replace";
      old: ResourceState;
      now: ResourceState;
      replaceKeys: string[];
      changedKeys: string[];
    };

interface Resource {
  goal: Goal;
  now: ResourceState;
  old: ResourceState | undefined;
  /** Absent for a component. */
  host: ResourceHost | undefined;
}

/**
 * Checks the inputs, asks the policies, and compares with the last deployment, in Pulumi's own order.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
 *
 * @throws Halted after reporting why the resource cannot be deployed
 */
export const plan = async (context: RunContext, resource: Resource): Promise<Plan> => {
  const { goal, now, old, host } = resource;
  now.inputs = keepIgnored(context, goal, old, now.urn);
  if (host !== undefined) now.inputs = await check(context, host, now, old?.inputs ?? {});
  const { mandatory } = await context.policies.analyze(now, goal);
  // A preview goes on, so that everything that the policies object to is seen.
  if (mandatory) context.halt.fail();
  if (mandatory && !context.planning) throw halted(context);
  if (old === undefined) return { operation: "create", now };

  const difference = await diff(context, resource, old);
  if (difference.changes === "none") {
    const resume = (old.initErrors ?? []).length > 0;
    return resume ? { operation: "update", old, now, changedKeys: [] } : { operation: "same", old, now };
  }
  const { replaceKeys, changedKeys } = difference;
  if (replaceKeys.length === 0) return { operation: "update", old, now, changedKeys };

  if (now.protect && old.protect) refuseReplacement(context, now.urn);
  if (difference.deleteBeforeReplace)
    throw unsupported(
      `${now.urn} must be replaced (${replaceKeys.join(", ")}) and its provider wants the old one deleted first: deleteBeforeReplace`,
      "Undo the change, rename the resource in the program, or deploy with the Pulumi CLI.",
    );
  // What the provider had carried over from the old resource does not hold for its replacement.
  now.inputs = goal.inputs;
  if (host !== undefined) now.inputs = await check(context, host, now, {});
  return { operation: "replace", old, now, replaceKeys, changedKeys };
};

const halted = (context: RunContext): Halted => {
  context.halt.raise("failed");
  return new Halted();
};

const keepIgnored = (
  context: RunContext,
  goal: Goal,
  old: ResourceState | undefined,
  urn: string,
): PropertyMap => {
  if (old === undefined || goal.ignoreChanges.length === 0) return goal.inputs;
  const { inputs, unfollowed } = ignoreChanges(goal.inputs, old.inputs ?? {}, goal.ignoreChanges);
  if (unfollowed.length > 0) {
    const paths = unfollowed.map((path) => JSON.stringify(path)).join(", ");
    diagnose(
      context,
      "info",
      `cannot ignore changes in added or removed elements of the path: ${paths}`,
      urn,
    );
  }
  return inputs;
};

const check = async (
  context: RunContext,
  host: ResourceHost,
  { urn, type, inputs = {} }: ResourceState,
  olds: PropertyMap,
): Promise<PropertyMap> => {
  const answer = await host.check({ urn, olds, news: inputs });
  if (answer.failures.length === 0) return answer.inputs;
  const problems = answer.failures.map(({ property, reason }) =>
    property === "" ? reason : `${property}: ${reason}`,
  );
  const list = problems.length === 1 ? ` ${problems[0]}` : ["", ...problems].join("\n  - ");
  diagnose(context, "error", `${type} resource '${urnName(urn)}' is not valid:${list}`, urn);
  throw halted(context);
};

interface Difference {
  changes: "none" | "some";
  replaceKeys: string[];
  changedKeys: string[];
  deleteBeforeReplace: boolean;
}

const same: Difference = { changes: "none", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
const changed: Difference = { ...same, changes: "some" };

const diff = async (context: RunContext, resource: Resource, old: ResourceState): Promise<Difference> => {
  const { goal, now, host } = resource;
  const { inputs: newInputs = {} } = now;
  const { inputs: oldInputs = {}, outputs: oldOutputs = {} } = old;
  if (old.custom !== now.custom) return { ...changed, replaceKeys: ["provider"] };
  if (host === undefined) return equal(oldInputs, newInputs) ? same : changed;
  const [from = "", to = ""] = [old.provider, now.provider];
  if (from !== to && context.hosts.replacesResources(from, to))
    return { ...changed, replaceKeys: ["provider"] };
  const answer = await host.diff({
    urn: now.urn,
    id: old.id ?? "",
    oldInputs,
    oldOutputs,
    newInputs,
    ignoreChanges: goal.ignoreChanges,
  });
  if (answer.changes !== "unknown") return { ...answer, changes: answer.changes };
  const kept = ignoreChanges(newInputs, oldInputs, goal.ignoreChanges).inputs;
  const isSame = equal(mapWithoutSecrets(oldInputs), mapWithoutSecrets(kept));
  return { ...answer, changes: isSame ? "none" : "some" };
};

const refuseReplacement = (context: RunContext, urn: string): void => {
  const message =
    `unable to replace resource "${urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
    "remove the `protect` flag from the resource in your Pulumi program and run `guard up`";
  diagnose(context, "error", message, urn);
  // A preview goes on, so that the change that would replace it is seen.
  context.halt.fail();
  if (!context.planning) throw halted(context);
};
