import { type Deployment, manifestMagic, type ResourceState } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import { unknownValue } from "../model/property.ts";

/**
 * Refuses a state that contradicts itself, by the CLI's own rules: everything that a resource refers to comes
 * before it, and a URN occurs twice only if all but one are to be deleted.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/snapshot/integrity.go (`VerifyIntegrity`)
 *
 * @throws GuardError `damaged-state`
 */
export const verifyIntegrity = ({ manifest, resources }: Deployment): void => {
  if ((manifest.magic ?? "") !== manifestMagic(manifest.version ?? "")) {
    throw broken("the manifest's magic number does not fit its version: the file was edited or cut short");
  }
  verifyResources(resources ?? []);
};

/** As `verifyIntegrity`, of a state that has not been stamped yet. @throws GuardError `damaged-state` */
export const verifyResources = (resources: readonly ResourceState[]): void => {
  const seen = new Map<string, ResourceState[]>();
  const providers = new Set<string>();
  resources.forEach((resource, index) => {
    if (!resource.urn) throw broken(`the resource at index ${index} has no urn`);
    if (!resource.type) throw broken(`${resource.urn} has no type`);
    if (!resource.custom && resource.id) throw broken(`${resource.urn} is a component and has an id`);
    if (resource.type.startsWith("pulumi:providers:")) {
      providers.add(`${resource.urn}::${resource.id || unknownValue}`);
    }
    verifyProvider(resource, providers);
    for (const [relation, urn] of references(resource)) {
      if (seen.has(urn)) continue;
      const later = resources.slice(index + 1).some((other) => other.urn === urn);
      throw broken(
        `${resource.urn} has the ${relation} ${urn}, which ${later ? "comes after it" : "is missing"}`,
      );
    }
    seen.set(resource.urn, [...(seen.get(resource.urn) ?? []), resource]);
  });
  for (const [urn, states] of seen) {
    if (states.filter((state) => !state.delete).length > 1) {
      throw broken(`${urn} occurs more than once and is not marked for deletion`);
    }
  }
};

const verifyProvider = (resource: ResourceState, providers: ReadonlySet<string>): void => {
  const { provider, urn } = resource;
  if (!provider) return;
  if (!/^urn:pulumi:.+::.+$/s.test(provider))
    throw broken(`${urn} has the malformed provider reference ${provider}`);
  if (!providers.has(provider) && !resource.pendingReplacement) {
    throw broken(`${urn} has the provider ${provider}, which is missing or comes after it`);
  }
};

const references = (resource: ResourceState): [relation: string, urn: string][] => {
  const found: [string, string][] = [];
  if (resource.parent) found.push(["parent", resource.parent]);
  for (const urn of resource.dependencies ?? []) found.push(["dependency", urn]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    for (const urn of urns ?? []) found.push([`dependency (of ${property})`, urn]);
  }
  if (resource.deletedWith) found.push(["deletedWith", resource.deletedWith]);
  return found;
};

const broken = (problem: string): GuardError =>
  new GuardError(
    "damaged-state",
    `The state contradicts itself: ${problem}. Restore the .bak file beside it, or repair it with the Pulumi CLI: ` +
      "`pulumi state repair`.",
  );
