import {
  isMap,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  secret,
  signatureKey,
  signatures,
  unknownValue,
} from "../model/property.ts";

/** Whether `match` holds for the value or for anything inside it. */
const some = (value: PropertyValue | undefined, match: (value: PropertyValue) => boolean): boolean => {
  if (value === undefined) return false;
  if (match(value)) return true;
  if (Array.isArray(value)) return value.some((element) => some(element, match));
  return isMap(value) && Object.values(value).some((element) => some(element, match));
};

export const containsUnknown = (value: PropertyValue | undefined): boolean =>
  some(value, (element) => element === unknownValue);

export const containsSecret = (value: PropertyValue | undefined): boolean => some(value, isSecret);

const isKind = (value: PropertyValue, kind: string): value is PropertyMap =>
  isMap(value) && value[signatureKey] === kind;

const mapValues = (map: PropertyMap, change: (value: PropertyValue) => PropertyValue): PropertyMap =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

/** The same value without its secret marks, for a provider that does not know them. */
export const withoutSecrets = (value: PropertyValue): PropertyValue => {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (isSecret(value)) return withoutSecrets(value.value);
  return isMap(value) ? mapValues(value, withoutSecrets) : value;
};

export const mapWithoutSecrets = (map: PropertyMap): PropertyMap => mapValues(map, withoutSecrets);

/** The same value with `[secret]` in place of every secret, for a person. */
export const redacted = (value: PropertyValue): PropertyValue => {
  if (Array.isArray(value)) return value.map(redacted);
  if (isSecret(value)) return "[secret]";
  return isMap(value) ? mapValues(value, redacted) : value;
};

export const mapRedacted = (map: PropertyMap): PropertyMap => mapValues(map, redacted);

/**
 * Marks those outputs as secret whose input of the same name contains a secret: what the provider, which never
 * saw the marks, cannot do.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/provider_plugin.go (`annotateSecrets`)
 */
export const annotateSecrets = (outputs: PropertyMap, inputs: PropertyMap): PropertyMap => {
  const marked: PropertyMap = { ...outputs };
  for (const [key, input] of Object.entries(inputs)) {
    const output = marked[key];
    if (output === undefined || isSecret(output)) continue;
    if (isMap(output) && isMap(input) && !isSecret(input)) marked[key] = annotateSecrets(output, input);
    else if (containsSecret(input)) marked[key] = secret(output);
  }
  return marked;
};

/**
 * The value without output wrappers, which only carry dependencies next to a value that is unknown, secret or
 * plain. The dependencies found are added to `dependencies`.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go (`downgradeOutputValues`)
 */
export const withoutOutputs = (value: PropertyValue, dependencies: Set<string>): PropertyValue => {
  if (Array.isArray(value)) return value.map((element) => withoutOutputs(element, dependencies));
  if (!isMap(value)) return value;
  if (!isKind(value, signatures.output))
    return mapValues(value, (element) => withoutOutputs(element, dependencies));
  if (Array.isArray(value.dependencies))
    for (const urn of value.dependencies) if (typeof urn === "string") dependencies.add(urn);
  const inner = value.value === undefined ? unknownValue : withoutOutputs(value.value, dependencies);
  return value.secret === true ? secret(inner) : inner;
};

/** References to resources as plain values, for a receiver that does not know references. */
export const withoutReferences = (value: PropertyValue): PropertyValue => {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (!isMap(value)) return value;
  if (isKind(value, signatures.resource)) return value.id ?? value.urn ?? null;
  return mapValues(value, withoutReferences);
};

/** An asset or an archive: of a resource, one value. */
export const isAsset = (value: PropertyValue | undefined): value is PropertyMap =>
  isMap(value) && (value[signatureKey] === signatures.asset || value[signatureKey] === signatures.archive);

/**
 * Deep equality in which the order of keys does not count, and of assets and archives nothing but the hash.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/archive/archive.go (`Equals`)
 */
export const equal = (left: PropertyValue | undefined, right: PropertyValue | undefined): boolean => {
  if (left === right) return true;
  if (isAsset(left) && isAsset(right) && left.hash !== undefined)
    return left[signatureKey] === right[signatureKey] && left.hash === right.hash;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((element, index) => equal(element, right[index]));
  if (!isMap(left) || !isMap(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && equal(left[key], right[key]))
  );
};
