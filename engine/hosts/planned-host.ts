import type { ResourceHost } from "./resource-host.ts";

const refuse = (): never => {
  throw new Error("a resource that can only be planned was about to be changed");
};

/**
 * Stands in for a provider plugin while planning: inputs pass as they are, changes are differences of inputs, and
 * what only the plugin could tell (defaults, ids, outputs, what a change replaces) stays unknown.
 */
export const plannedHost: ResourceHost = {
  plansOnly: true,
  previews: false,
  check: async ({ news }) => ({ inputs: news, failures: [] }),
  diff: async () => ({ changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false }),
  create: refuse,
  update: refuse,
  read: refuse,
  delete: refuse,
};
