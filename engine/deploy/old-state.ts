import type { Hosts } from "../hosts/hosts.ts";
import type { PendingOperation, ResourceState } from "../model/deployment.ts";
import { isProviderType } from "../wire/urn.ts";
import { refusePlugins } from "./plugin-types.ts";
import { unsupported } from "./refusals.ts";
import { diagnose, type RunContext } from "./run-context.ts";

/**
 * Refuses a state in which the Pulumi CLI has left something that the engine cannot carry on.
 *
 * @throws GuardError `unsupported`
 */
export const refuseForeignState = (states: ResourceState[]): void => {
  const reasons: [string, (state: ResourceState) => boolean][] = [
    ["was deleted to be replaced and not created again", (state) => state.pendingReplacement === true],
    ["was read, not created", (state) => state.external === true],
    ["is a view of another resource", (state) => "viewOf" in state && state.viewOf !== ""],
    ["has a deletedWith option", (state) => Boolean(state.deletedWith)],
    ["has resource hooks", (state) => "resourceHooks" in state],
    ["is to be refreshed before each update", (state) => "refreshBeforeUpdate" in state],
  ];
  const found = states.flatMap((state) =>
    reasons.flatMap(([reason, applies]) => (applies(state) ? [`${state.urn} ${reason}`] : [])),
  );
  if (found.length === 0) return;
  throw unsupported(
    `${["The state of this stack", ...found].join("\n  - ")}\nThis`,
    "Use the Pulumi CLI for this stack.",
  );
};

/** @throws GuardError `unsupported` if the state has resources whose provider plugin would have to be called */
export const refusePluginTypes = (states: ResourceState[], hosts: Hosts): void => {
  const types = states
    .filter(({ custom, type }) => custom && !isProviderType(type) && hosts.plansOnly(type))
    .map(({ type }) => type);
  if (types.length > 0) throw refusePlugins([...new Set(types)].sort());
};

/** Says what an interrupted deployment has left behind. */
export const warnOfPendingOperations = (context: RunContext, pending: PendingOperation[]): void => {
  if (pending.length === 0) return;
  const list = pending.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`);
  diagnose(
    context,
    "warning",
    [
      `Attempting to deploy or update resources with ${pending.length} pending operations from previous deployment.`,
      ...list,
      "These resources are in an unknown state because the deployment was interrupted while waiting for changes to " +
        "them to complete. Check with their provider whether the operations listed completed.",
      "Then run `guard refresh`, which reads the state of the resources again and clears pending updates and deletes. " +
        "A resource whose CREATE was interrupted may exist without being in the state: remove or adopt it, and clear " +
        "the entry with `guard refresh --clear-pending-creates`.",
    ].join("\n"),
  );
};
