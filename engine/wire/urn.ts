/**
 * Names of resources: `urn:pulumi:STACK::PROJECT::PARENT_TYPES$TYPE::NAME`.
 * https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export interface Scope {
  stack: string;
  project: string;
}

export const stackType = "pulumi:pulumi:Stack";
const providerPrefix = "pulumi:providers:";

const parts = (urn: string): { qualifiedType: string; name: string } => {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { qualifiedType, name: name.join("::") };
};

/** The type without the types of the parents. */
export const urnType = (urn: string): string => parts(urn).qualifiedType.split("$").at(-1) ?? "";

export const urnName = (urn: string): string => parts(urn).name;

/** The URN of a resource. The stack as parent adds no type, as in Pulumi. */
export const makeUrn = (scope: Scope, parent: string | undefined, type: string, name: string): string => {
  const parentType = parent === undefined || parent === "" ? "" : parts(parent).qualifiedType;
  const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${scope.stack}::${scope.project}::${prefix}${type}::${name}`;
};

export const stackUrn = (scope: Scope): string =>
  makeUrn(scope, undefined, stackType, `${scope.project}-${scope.stack}`);

export const isProviderType = (type: string): boolean => type.startsWith(providerPrefix);

export const providerType = (packageName: string): string => providerPrefix + packageName;

/** The package that a type belongs to: `aws` for `aws:s3/bucket:Bucket` and for `pulumi:providers:aws`. */
export const packageOf = (type: string): string =>
  isProviderType(type) ? type.slice(providerPrefix.length) : (type.split(":")[0] ?? "");

/** The reference that a resource keeps to its provider: `URN::ID`. */
export const providerReference = (urn: string, id: string): string => `${urn}::${id}`;

export const parseProviderReference = (reference: string): { urn: string; id: string } => {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
};
