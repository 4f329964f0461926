import type { ResourceState } from "../model/deployment.ts";
import { parseProviderReference } from "../wire/urn.ts";

/**
 * What each resource depends on, among those that come before it: its provider, its parent, the resources that its
 * properties use, and, with a component, the children of that component.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/graph/dependency_graph.go (`DependenciesOf`)
 */
export const dependenciesOf = (resources: ResourceState[]): Map<ResourceState, Set<ResourceState>> => {
  const byUrn = new Map<string, ResourceState[]>();
  const children = new Map<string, ResourceState[]>();
  const found = new Map<ResourceState, Set<ResourceState>>();
  for (const state of resources) {
    const before = new Set<ResourceState>();
    for (const urn of uses(state))
      for (const used of byUrn.get(urn) ?? []) addWithChildren(before, used, children);
    for (const parent of byUrn.get(state.parent ?? "") ?? []) before.add(parent);
    before.delete(state);
    found.set(state, before);
    byUrn.set(state.urn, [...(byUrn.get(state.urn) ?? []), state]);
    if (state.parent !== undefined)
      children.set(state.parent, [...(children.get(state.parent) ?? []), state]);
  }
  return found;
};

const uses = (state: ResourceState): Set<string> => {
  const urns = new Set(state.dependencies);
  for (const listed of Object.values(state.propertyDependencies ?? {}))
    for (const urn of listed ?? []) urns.add(urn);
  if (state.provider) urns.add(parseProviderReference(state.provider).urn);
  if (state.deletedWith) urns.add(state.deletedWith);
  return urns;
};

const addWithChildren = (
  into: Set<ResourceState>,
  state: ResourceState,
  children: ReadonlyMap<string, ResourceState[]>,
): void => {
  if (into.has(state)) return;
  into.add(state);
  if (!state.custom)
    for (const child of children.get(state.urn) ?? []) addWithChildren(into, child, children);
};
