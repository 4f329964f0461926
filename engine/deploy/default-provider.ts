import { dynamicPackage } from "../hosts/hosts.ts";
import { type PropertyMap, secret } from "../model/property.ts";
import { providerType } from "../wire/urn.ts";
import type { Goal } from "./goal.ts";

/**
 * The provider of the resources that name none, with the package's part of the stack's configuration; the one of
 * dynamic resources gets all of it.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go (`newRegisterDefaultProviderEvent`)
 *
 * @param version of the plugin, as the program's SDK asks for it; "" if it does not
 */
export const defaultProvider = (
  packageName: string,
  version: string,
  config: ReadonlyMap<string, string>,
  secretKeys: ReadonlySet<string>,
): Goal => {
  const inputs: PropertyMap = {};
  for (const [key, value] of config) {
    const [namespace, ...name] = key.split(":");
    if (packageName !== dynamicPackage && packageName !== namespace) continue;
    inputs[packageName === dynamicPackage ? key : name.join(":")] = secretKeys.has(key)
      ? secret(value)
      : value;
  }
  if (version !== "") inputs.version = version;
  return {
    type: providerType(packageName),
    name: version === "" ? "default" : `default_${version.replaceAll(/[.+-]/g, "_")}`,
    custom: true,
    parent: undefined,
    inputs,
    dependencies: [],
    propertyDependencies: {},
    provider: undefined,
    version: "",
    protect: undefined,
    retainOnDelete: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: [],
    customTimeouts: undefined,
    sourcePosition: undefined,
  };
};
