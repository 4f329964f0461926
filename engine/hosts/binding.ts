import type { PropertyMap } from "../model/property.ts";
import type { ResourceHost } from "./resource-host.ts";

/** A provider of a bound package as the stack configures it: the default one, or one that the program makes. */
export interface BoundProvider {
  /** Such as `aws`. */
  packageName: string;
  /** Its inputs, such as `region`, secrets in wire form; the plugin's `version` too. */
  config: PropertyMap;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Makes what manages the resources of one provider: once for each that has any. */
export type CreateHost = (provider: BoundProvider) => ResourceHost | Promise<ResourceHost>;

/** What stands in for the plugin of a package: what `--bind PACKAGE=MODULE` loads. */
export interface Binding {
  createHost: CreateHost;
  /** The inputs of a provider whose change replaces it and all its resources, such as `region`. */
  providerReplaceKeys: readonly string[];
}
