import type { ResourceProvider } from "../../../providers/dynamic/provider.ts";

interface Snapshot<Inputs, Outputs> {
  id: string;
  inputs: Inputs;
  outputs: Outputs;
  /** Made or updated by half: the next deployment updates it whatever the diff says. */
  unfinished: boolean;
}

/** What crosses the wire between engine and host: JSON. */
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What the engine's host recognises as "made, but not finished". */
const partial = (error: unknown): { id: string; properties: object } | undefined =>
  error instanceof Error && "id" in error && "properties" in error && "reasons" in error
    ? (error as Error & { id: string; properties: object })
    : undefined;

/**
 * One resource under Pulumi's engine, as far as a provider can tell: which calls come, in what order, and what is
 * in the state after each of them failed or not.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
 */
export class ResourceUnderEngine<Inputs extends object, Outputs extends object> {
  #current: Snapshot<Inputs, Outputs> | undefined;
  /** Replaced, but their deletion failed. */
  #condemned: Snapshot<Inputs, Outputs>[] = [];

  get state(): Readonly<Snapshot<Inputs, Outputs>> | undefined {
    return this.#current;
  }

  /** `preview`: whether an `up` would change anything. */
  async changes(provider: ResourceProvider<Inputs, Outputs>, declared: Inputs): Promise<boolean> {
    const { inputs, plan } = await this.#plan(provider, declared);
    return inputs !== undefined && plan !== "same";
  }

  async up(provider: ResourceProvider<Inputs, Outputs>, declared: Inputs): Promise<void> {
    const { inputs, plan } = await this.#plan(provider, declared);
    const old = this.#current;
    if (old === undefined) await this.#create(provider, inputs);
    else if (plan === "same") this.#current = { ...old, inputs };
    else if (plan === "update") await this.#update(provider, old, inputs);
    else {
      // The replacement is checked as a new resource.
      const fresh = await this.#check(provider, {}, declared);
      if (plan === "deleteFirst") {
        await provider.delete(old.id, overTheWire(old.outputs));
        this.#current = undefined;
        await this.#create(provider, fresh);
      } else {
        this.#current = undefined;
        try {
          await this.#create(provider, fresh);
        } finally {
          // A failed replacement leaves the old resource; one that was made condemns it.
          if (this.#current === undefined) this.#current = old;
          else this.#condemned.push(old);
        }
      }
    }
    await this.#deleteCondemned(provider);
  }

  async refresh(provider: ResourceProvider<Inputs, Outputs>): Promise<void> {
    const old = this.#current;
    if (old === undefined) return;
    const { id, props, inputs } = overTheWire(await provider.read(old.id, overTheWire(old.outputs)));
    this.#current =
      id === undefined || id === "" ? undefined : { id, outputs: props, inputs, unfinished: false };
  }

  async destroy(provider: ResourceProvider<Inputs, Outputs>): Promise<void> {
    await this.#deleteCondemned(provider);
    if (this.#current === undefined) return;
    await provider.delete(this.#current.id, overTheWire(this.#current.outputs));
    this.#current = undefined;
  }

  async #plan(provider: ResourceProvider<Inputs, Outputs>, declared: Inputs) {
    const old = this.#current;
    const inputs = await this.#check(provider, old?.inputs ?? {}, declared);
    if (old === undefined) return { inputs, plan: "create" as const };
    const diff = await provider.diff(old.id, overTheWire(old.outputs), overTheWire(inputs));
    if ((diff.replaces ?? []).length > 0)
      return { inputs, plan: diff.deleteBeforeReplace ? ("deleteFirst" as const) : ("replace" as const) };
    return { inputs, plan: diff.changes || old.unfinished ? ("update" as const) : ("same" as const) };
  }

  async #check(provider: ResourceProvider<Inputs, Outputs>, olds: Partial<Inputs>, declared: Inputs) {
    const { inputs, failures } = await provider.check(overTheWire(olds), overTheWire(declared));
    if (failures.length > 0) throw new Error(`check refused the inputs: ${JSON.stringify(failures)}`);
    return overTheWire(inputs);
  }

  async #create(provider: ResourceProvider<Inputs, Outputs>, inputs: Inputs): Promise<void> {
    try {
      const { id, outs } = await provider.create(overTheWire(inputs));
      this.#current = { id, inputs, outputs: overTheWire(outs), unfinished: false };
    } catch (error) {
      this.#keepPartial(error, inputs);
      throw error;
    }
  }

  async #update(
    provider: ResourceProvider<Inputs, Outputs>,
    old: Snapshot<Inputs, Outputs>,
    inputs: Inputs,
  ): Promise<void> {
    try {
      const { outs } = await provider.update(old.id, overTheWire(old.outputs), overTheWire(inputs));
      this.#current = { id: old.id, inputs, outputs: overTheWire(outs), unfinished: false };
    } catch (error) {
      this.#keepPartial(error, inputs);
      throw error;
    }
  }

  #keepPartial(error: unknown, inputs: Inputs): void {
    const kept = partial(error);
    if (kept === undefined) return;
    const outputs = overTheWire(kept.properties) as Outputs;
    this.#current = { id: kept.id, inputs, outputs, unfinished: true };
  }

  async #deleteCondemned(provider: ResourceProvider<Inputs, Outputs>): Promise<void> {
    for (const old of [...this.#condemned]) {
      await provider.delete(old.id, overTheWire(old.outputs));
      this.#condemned = this.#condemned.filter((each) => each !== old);
    }
  }
}
