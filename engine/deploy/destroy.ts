import { deleteResources } from "./deletes.ts";
import { refuseForeignState, refusePluginTypes, warnOfPendingOperations } from "./old-state.ts";
import type { DeploymentOptions, DeploymentResult } from "./options.ts";
import { openSession } from "./session.ts";

/**
 * Deletes everything in the state, without running the program, with the providers recorded there.
 *
 * @throws GuardError if it cannot begin
 */
export const destroy = async (options: DeploymentOptions): Promise<DeploymentResult> => {
  refuseForeignState(options.base.resources ?? []);
  const { context, stop } = await openSession(options);
  try {
    const resources = context.journal.resources();
    refusePluginTypes(resources, context.hosts);
    if (!options.planning) warnOfPendingOperations(context, options.base.pending_operations ?? []);
    await deleteResources(context, new Set(resources), resources);
    await context.journal.close();
    return { succeeded: !context.halt.failed, tally: context.tally, outputs: {}, pluginTypes: [] };
  } finally {
    await stop();
  }
};
