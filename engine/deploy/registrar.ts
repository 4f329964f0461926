import type { ResourceState } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import type { PropertyMap } from "../model/property.ts";
import { isProviderType, makeUrn, packageOf, providerReference, stackType } from "../wire/urn.ts";
import { equal } from "../wire/values.ts";
import { defaultProvider } from "./default-provider.ts";
import type { Goal } from "./goal.ts";
import { Halted } from "./halt.ts";
import { plan } from "./plan.ts";
import { PluginTypes } from "./plugin-types.ts";
import { diagnose, type RunContext } from "./run-context.ts";
import { stateOf } from "./state.ts";
import { carryOut } from "./steps.ts";

export interface RegistrarOptions {
  context: RunContext;
  /** The resources of the last deployment. */
  olds: ResourceState[];
  /** Configuration of the stack by `namespace:name`. */
  config: ReadonlyMap<string, string>;
  secretKeys: ReadonlySet<string>;
}

/** Takes the program's registrations and brings each resource to its goal. */
export class Registrar {
  readonly context: RunContext;
  readonly #config: ReadonlyMap<string, string>;
  readonly #secretKeys: ReadonlySet<string>;
  readonly #olds: ReadonlyMap<string, ResourceState>;
  readonly #goals = new Map<string, Goal>();
  readonly #states = new Map<string, ResourceState>();
  readonly #defaultProviders = new Map<string, Promise<ResourceState>>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #pluginTypes: PluginTypes;
  #stackOutputs: PropertyMap | undefined;

  constructor({ context, olds, config, secretKeys }: RegistrarOptions) {
    this.context = context;
    this.#pluginTypes = new PluginTypes(context);
    this.#config = config;
    this.#secretKeys = secretKeys;
    this.#olds = new Map(olds.filter((state) => !state.delete).map((state) => [state.urn, state]));
  }

  /** The URNs that the program has registered. */
  get seen(): ReadonlySet<string> {
    return new Set(this.#goals.keys());
  }

  /** The resources as the deployment has left them. */
  get states(): ResourceState[] {
    return [...this.#states.values()];
  }

  /** The types that were planned, and can only be planned. */
  get pluginTypes(): string[] {
    return this.#pluginTypes.seen;
  }

  get stackOutputs(): PropertyMap | undefined {
    return this.#stackOutputs;
  }

  /** Resolves when no registration is being worked on. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  /**
   * @throws Halted if the deployment ends before the resource has reached its goal; why has been reported
   */
  register(goal: Goal): Promise<ResourceState> {
    const work = this.#reported(goal);
    this.#underWay.add(work);
    const done = () => this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  /** Outputs of a component, or of the stack, whose outputs count when the program has ended. */
  async setOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const state = this.#states.get(urn);
    if (state === undefined) throw new Error(`cannot complete ${urn}, which was not registered`);
    if (state.type === stackType) {
      this.#stackOutputs = outputs;
      return;
    }
    await this.#replaceOutputs(state, outputs);
  }

  /** Gives the stack its outputs. After a failure the old ones stay where there is no new one. */
  async finishStack(): Promise<void> {
    const stack = this.states.find(({ type }) => type === stackType);
    if (stack === undefined || this.#stackOutputs === undefined) return;
    const kept = this.context.halt.failed ? this.#olds.get(stack.urn)?.outputs : {};
    await this.#replaceOutputs(stack, { ...kept, ...this.#stackOutputs });
  }

  async #replaceOutputs(state: ResourceState, outputs: PropertyMap): Promise<void> {
    if (equal(state.outputs ?? {}, outputs)) return;
    state.outputs = outputs;
    await this.context.journal.touched();
  }

  async #reported(goal: Goal): Promise<ResourceState> {
    const { scope, halt } = this.context;
    const urn = makeUrn(scope, goal.parent, goal.type, goal.name);
    try {
      halt.check();
      return await this.#reach(goal, urn);
    } catch (error) {
      if (error instanceof Halted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      diagnose(this.context, "error", error instanceof GuardError ? message : `${urn}: ${message}`, urn);
      halt.raise("failed");
      throw new Halted();
    }
  }

  async #reach(goal: Goal, urn: string): Promise<ResourceState> {
    if (this.#goals.has(urn))
      throw new GuardError(
        "duplicate-resource",
        `Duplicate resource URN '${urn}'; try giving it a unique name`,
      );
    this.#inherit(goal);
    this.#goals.set(urn, goal);
    const { context } = this;
    const provider = await this.#providerFor(goal);
    const old = this.#olds.get(urn);
    const now = stateOf(goal, urn, provider, old);
    const host = goal.custom ? await context.hosts.hostFor(goal.type, provider) : undefined;
    const planned = await plan(context, { goal, now, old, host });
    context.halt.check();
    await carryOut(context, planned, host);
    context.hosts.configure(now);
    this.#states.set(urn, now);
    return now;
  }

  /** https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go (`inheritFromParent`) */
  #inherit(goal: Goal): void {
    const parent = goal.parent === undefined ? undefined : this.#goals.get(goal.parent);
    goal.protect ??= parent?.protect;
    goal.retainOnDelete ??= parent?.retainOnDelete;
  }

  /** The reference of the provider that a custom resource has. */
  async #providerFor(goal: Goal): Promise<string | undefined> {
    if (!goal.custom) return undefined;
    this.#pluginTypes.admit(goal.type);
    if (isProviderType(goal.type)) return undefined;
    if (goal.provider !== undefined) return goal.provider;
    const key = `${packageOf(goal.type)} ${goal.version}`;
    const registered =
      this.#defaultProviders.get(key) ??
      this.register(defaultProvider(packageOf(goal.type), goal.version, this.#config, this.#secretKeys));
    this.#defaultProviders.set(key, registered);
    const { urn, id = "" } = await registered;
    return providerReference(urn, id);
  }
}
