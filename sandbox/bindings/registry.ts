import type { PropertyMap } from "../../engine/model/property.ts";
import { urnName, urnType } from "../../engine/wire/urn.ts";
import { mapWithoutSecrets } from "../../engine/wire/values.ts";
import type { Surroundings } from "./bound-type.ts";
import { boundType, boundTypes } from "./bound-types.ts";
import type { Cloud } from "./cloud.ts";

/** What the deploying process says of a resource. */
export interface ResourceCall {
  urn: string;
  /** Of the provider that the resource has. */
  region: string;
}

/** A resource that exists. */
export interface RegisteredResource {
  type: string;
  urn: string;
  region: string;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

/** Every resource of the deployed stack, and what it does. Property maps carry secrets in wire form. */
export class Registry {
  readonly #cloud: Cloud;
  readonly #resources = new Map<string, RegisteredResource>();
  readonly #calls = new Map<string, number>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  get all(): RegisteredResource[] {
    return [...this.#resources.values()];
  }

  /** The types of which nothing happens here, sorted. */
  get recordedTypes(): string[] {
    return [...new Set(this.all.map(({ type }) => type))]
      .filter((type) => boundTypes[type] === undefined)
      .sort();
  }

  ofType(type: string): RegisteredResource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** How often resources were created, updated, read or deleted since `resetCalls`. */
  get callCount(): number {
    return [...this.#calls.values()].reduce((sum, count) => sum + count, 0);
  }

  resetCalls(): void {
    this.#calls.clear();
  }

  create(call: ResourceCall, inputs: PropertyMap): { id: string; outputs: PropertyMap } {
    this.#count("create");
    const type = urnType(call.urn);
    const { id, outputs: made } = boundType(type).create(mapWithoutSecrets(inputs), this.#surroundings(call));
    const outputs = { ...inputs, ...made };
    this.#resources.set(keyOf(call, id), { ...call, type, id, inputs, outputs });
    return { id, outputs };
  }

  update(call: ResourceCall, id: string, newInputs: PropertyMap): { outputs: PropertyMap } {
    this.#count("update");
    const existing = this.#find(call, id);
    const changed = boundType(existing.type).update?.(
      existing,
      mapWithoutSecrets(newInputs),
      this.#surroundings(call),
    );
    const outputs = { ...withoutRemoved(existing, newInputs), ...newInputs, ...changed };
    this.#resources.set(keyOf(call, id), { ...existing, inputs: newInputs, outputs });
    return { outputs };
  }

  /** Undefined if the resource has gone. */
  read(call: ResourceCall, id: string): { inputs: PropertyMap; outputs: PropertyMap } | undefined {
    this.#count("read");
    const existing = this.#resources.get(keyOf(call, id));
    if (existing === undefined) return undefined;
    const { read } = boundType(existing.type);
    const outputs = read === undefined ? existing.outputs : read(existing, this.#surroundings(call));
    return outputs && { inputs: existing.inputs, outputs };
  }

  /** What is gone already is as good as deleted. */
  delete(call: ResourceCall, id: string): void {
    this.#count("delete");
    const existing = this.#resources.get(keyOf(call, id));
    if (existing === undefined) return;
    boundType(existing.type).delete?.(
      { ...existing, inputs: mapWithoutSecrets(existing.inputs) },
      this.#surroundings(call),
    );
    this.#resources.delete(keyOf(call, id));
  }

  #find(call: ResourceCall, id: string): RegisteredResource {
    const existing = this.#resources.get(keyOf(call, id));
    if (existing === undefined) throw new Error(`ResourceNotFoundException: ${urnType(call.urn)} ${id}`);
    return existing;
  }

  #surroundings({ urn, region }: ResourceCall): Surroundings {
    return { cloud: this.#cloud, region: this.#cloud.region(region), logicalName: urnName(urn) };
  }

  #count(call: string): void {
    this.#calls.set(call, (this.#calls.get(call) ?? 0) + 1);
  }
}

const keyOf = ({ urn, region }: ResourceCall, id: string): string =>
  `${urnType(urn)} ${region} ${urnName(urn)} ${id}`;

/** The outputs less those that were inputs and are no longer. */
const withoutRemoved = ({ inputs, outputs }: RegisteredResource, newInputs: PropertyMap): PropertyMap =>
  Object.fromEntries(Object.entries(outputs).filter(([key]) => !(key in inputs) || key in newInputs));
