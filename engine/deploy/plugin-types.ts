import { isProviderType, packageOf } from "../wire/urn.ts";
import { unsupported } from "./refusals.ts";
import { diagnose, type RunContext } from "./run-context.ts";

/** Watches for types whose provider is a plugin: they can be planned here, and not be changed. */
export class PluginTypes {
  readonly #context: RunContext;
  readonly #seen = new Set<string>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  get seen(): string[] {
    return [...this.#seen].sort();
  }

  /** @throws GuardError `unsupported` if the type would be changed */
  admit(type: string): void {
    if (!this.#context.hosts.plansOnly(type)) return;
    if (!this.#context.planning) throw refusePlugins([type]);
    const packageName = packageOf(type);
    const isFirst = !this.seen.some((other) => packageOf(other) === packageName);
    this.#seen.add(type);
    if (!isFirst) return;
    diagnose(
      this.#context,
      "info",
      `${packageName}: planned without its provider plugin, so its own checks, its defaults and what it would ` +
        "replace are not shown",
    );
  }
}

export const refusePlugins = (types: string[]): Error => {
  const resources = types.filter((type) => !isProviderType(type));
  const named = (resources.length === 0 ? types : resources).join(", ");
  return unsupported(
    `Changing resources of provider plugins (${named})`,
    "`guard preview` plans them; deploy them with the Pulumi CLI, or name a module that manages them: --bind PACKAGE=MODULE.",
  );
};
