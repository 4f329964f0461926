import type { ResourceState } from "../model/deployment.ts";
import type { PropertyMap } from "../model/property.ts";
import {
  isProviderType,
  packageOf,
  parseProviderReference,
  providerReference,
  urnType,
} from "../wire/urn.ts";
import { containsUnknown, equal } from "../wire/values.ts";
import type { Binding } from "./binding.ts";
import { boundHost } from "./bound-host.ts";
import type { DynamicHost } from "./dynamic-host.ts";
import { plannedHost } from "./planned-host.ts";
import { providerResources } from "./provider-resources.ts";
import type { ResourceHost } from "./resource-host.ts";

/** The package of dynamic resources, whose host is part of Pulumi's SDK. */
export const dynamicPackage = "pulumi-nodejs";

export interface HostsOptions {
  planning: boolean;
  /** What stands in for the plugin of a package, by the package's name. */
  bindings: ReadonlyMap<string, Binding>;
  environment: Readonly<Record<string, string | undefined>>;
  startDynamic(config: PropertyMap): Promise<DynamicHost>;
}

/** The hosts of a deployment. The host of dynamic providers starts when the first resource needs it. */
export class Hosts {
  readonly #options: HostsOptions;
  readonly #providerResources: ResourceHost;
  readonly #dynamic = new Map<string, Promise<DynamicHost>>();
  readonly #bound = new Map<string, Promise<ResourceHost>>();
  readonly #configs = new Map<string, PropertyMap>();

  constructor(options: HostsOptions) {
    this.#options = options;
    this.#providerResources = providerResources(options.planning, (packageName) =>
      this.#providerReplaceKeys(packageName),
    );
  }

  /** Makes a provider resource's configuration known to the host that serves its resources. */
  configure({ type, urn, id = "", inputs = {} }: ResourceState): void {
    if (!isProviderType(type)) return;
    const reference = providerReference(urn, id);
    // The resources that follow are managed with the configuration as it is now.
    if (!equal(this.#configs.get(reference), inputs)) this.#bound.delete(reference);
    this.#configs.set(reference, inputs);
  }

  /** Whether resources of the type can only be planned here. */
  plansOnly(type: string): boolean {
    const packageName = packageOf(type);
    return packageName !== dynamicPackage && !this.#options.bindings.has(packageName);
  }

  /**
   * Whether a resource that goes from one provider to another has to be replaced.
   * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go (`providerChanged`)
   */
  replacesResources(from: string, to: string): boolean {
    const [before, after] = [this.#configs.get(from), this.#configs.get(to)];
    if (before === undefined || after === undefined) return false;
    const packageName = packageOf(urnType(parseProviderReference(to).urn));
    return this.#providerReplaceKeys(packageName).some((key) => !equal(before[key], after[key]));
  }

  /** The host for a custom resource with this provider. */
  async hostFor(type: string, provider: string | undefined): Promise<ResourceHost> {
    if (isProviderType(type)) return this.#providerResources;
    const packageName = packageOf(type);
    const reference = provider ?? "";
    const config = this.#configs.get(reference) ?? {};
    if (packageName === dynamicPackage)
      return once(this.#dynamic, reference, () => this.#options.startDynamic(config));
    const binding = this.#options.bindings.get(packageName);
    // As with a plugin whose configuration is not known before the deployment: nobody can be asked yet.
    if (binding === undefined || containsUnknown(config)) return plannedHost;
    const { environment } = this.#options;
    return once(this.#bound, reference, async () =>
      boundHost(await binding.createHost({ packageName, config, environment })),
    );
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.#dynamic.values()].map(async (host) => (await host).stop()));
  }

  #providerReplaceKeys(packageName: string): readonly string[] {
    return this.#options.bindings.get(packageName)?.providerReplaceKeys ?? [];
  }
}

const once = <Host>(
  started: Map<string, Promise<Host>>,
  reference: string,
  start: () => Promise<Host>,
): Promise<Host> => {
  const host = started.get(reference) ?? start();
  started.set(reference, host);
  return host;
};
