import type { ResourceState } from "../model/deployment.ts";

/**
 * The resources that are still there, less their references to those that are not. The child of a resource that
 * has gone becomes the child of its nearest ancestor.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/deployment_executor.go (`rebuildBaseState`)
 *
 * @param news for each of `olds`, what has become of it; undefined if it has gone
 */
export const withoutDangling = (
  olds: ResourceState[],
  news: (ResourceState | undefined)[],
): ResourceState[] => {
  const parents = new Map(olds.map(({ urn, parent }) => [urn, parent]));
  const present = new Set<string>();
  const left: ResourceState[] = [];
  for (const state of news) {
    if (state === undefined) continue;
    const { parent, dependencies, propertyDependencies, ...rest } = state;
    const isPresent = (urn: string): boolean => present.has(urn);
    let ancestor = parent;
    while (ancestor !== undefined && !isPresent(ancestor)) ancestor = parents.get(ancestor);
    left.push({
      ...rest,
      ...(ancestor !== undefined && { parent: ancestor }),
      ...(dependencies !== undefined && { dependencies: dependencies.filter(isPresent) }),
      ...(propertyDependencies !== undefined && {
        propertyDependencies: Object.fromEntries(
          Object.entries(propertyDependencies).map(([key, urns]) => [key, (urns ?? []).filter(isPresent)]),
        ),
      }),
    });
    present.add(state.urn);
  }
  return left;
};
