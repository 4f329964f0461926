import type { ResourceState } from "../model/deployment.ts";
import type { PropertyMap } from "../model/property.ts";
import { isProviderType, packageOf, providerReference } from "../wire/urn.ts";
import type { DynamicHost } from "./dynamic-host.ts";
import { plannedHost } from "./planned-host.ts";
import { providerResources } from "./provider-resources.ts";
import type { ResourceHost } from "./resource-host.ts";

/** The package of dynamic resources, whose host is part of Pulumi's SDK. */
export const dynamicPackage = "pulumi-nodejs";

export interface HostsOptions {
  planning: boolean;
  /** Hosts for the types of a plugin package, by the package's name. */
  bindings: ReadonlyMap<string, ResourceHost>;
  startDynamic(config: PropertyMap): Promise<DynamicHost>;
}

/** The hosts of a deployment. The host of dynamic providers starts when the first resource needs it. */
export class Hosts {
  readonly #options: HostsOptions;
  readonly #providerResources: ResourceHost;
  readonly #dynamic = new Map<string, Promise<DynamicHost>>();
  readonly #configs = new Map<string, PropertyMap>();

  constructor(options: HostsOptions) {
    this.#options = options;
    this.#providerResources = providerResources(options.planning);
  }

  /** Makes a provider resource's configuration known to the host that serves its resources. */
  configure({ type, urn, id = "", inputs = {} }: ResourceState): void {
    if (isProviderType(type)) this.#configs.set(providerReference(urn, id), inputs);
  }

  /** Whether resources of the type can only be planned here. */
  plansOnly(type: string): boolean {
    const packageName = packageOf(type);
    return packageName !== dynamicPackage && !this.#options.bindings.has(packageName);
  }

  /** The host for a custom resource with this provider. */
  async hostFor(type: string, provider: string | undefined): Promise<ResourceHost> {
    if (isProviderType(type)) return this.#providerResources;
    const packageName = packageOf(type);
    if (packageName !== dynamicPackage) return this.#options.bindings.get(packageName) ?? plannedHost;
    const reference = provider ?? "";
    const running = this.#dynamic.get(reference);
    if (running !== undefined) return running;
    const started = this.#options.startDynamic(this.#configs.get(reference) ?? {});
    this.#dynamic.set(reference, started);
    return started;
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.#dynamic.values()].map(async (host) => (await host).stop()));
  }
}
