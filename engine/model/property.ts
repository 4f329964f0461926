/**
 * Property values in the form in which Pulumi's own protocols carry them: JSON in which an object with the
 * signature key stands for a secret, an asset, a resource reference or an output, and one reserved string for a
 * value that is not known yet.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | PropertyMap;
export interface PropertyMap {
  [key: string]: PropertyValue;
}

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The value that is not known until the deployment runs. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface SecretValue extends PropertyMap {
  [signatureKey]: typeof signatures.secret;
  value: PropertyValue;
}

export const isMap = (value: PropertyValue | undefined): value is PropertyMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isSecret = (value: PropertyValue | undefined): value is SecretValue =>
  isMap(value) && value[signatureKey] === signatures.secret;

export const secret = (value: PropertyValue): SecretValue => ({ [signatureKey]: signatures.secret, value });
