import type { PropertyMap } from "../model/property.ts";

/**
 * What the engine asks of whatever manages a resource: the host of dynamic providers, or another implementation
 * bound to the types of a plugin. Property maps carry secrets in wire form in both directions.
 */
export interface ResourceHost {
  /** Whether it can create, update, delete and read, or only plan. */
  readonly plansOnly: boolean;
  /** Whether it is asked in a preview too what create and update would lead to. If not, the inputs stand for that. */
  readonly previews: boolean;
  check(request: CheckRequest): Promise<CheckAnswer>;
  diff(request: DiffRequest): Promise<DiffAnswer>;
  /**
   * In a preview the id may be "", and outputs that are not known yet are left out or unknown.
   *
   * @throws InitFailed if the object exists but is not finished
   */
  create(request: CreateRequest): Promise<{ id: string; outputs: PropertyMap }>;
  /** @throws InitFailed */
  update(request: UpdateRequest): Promise<{ outputs: PropertyMap }>;
  /** Undefined if the object has gone. */
  read(request: ReadRequest): Promise<ReadAnswer | undefined>;
  delete(request: DeleteRequest): Promise<void>;
}

export interface CheckRequest {
  urn: string;
  /** The inputs of the last deployment; empty for a new resource. */
  olds: PropertyMap;
  news: PropertyMap;
}

export interface CheckFailure {
  /** Path of the property, or "" for the resource as a whole. */
  property: string;
  reason: string;
}

export interface CheckAnswer {
  inputs: PropertyMap;
  failures: CheckFailure[];
}

export interface DiffRequest {
  urn: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: string[];
}

export interface DiffAnswer {
  /** `unknown`: the engine compares the inputs. */
  changes: "none" | "some" | "unknown";
  replaceKeys: string[];
  /** The top-level properties that changed, where the provider tells. */
  changedKeys: string[];
  deleteBeforeReplace: boolean;
}

export interface CreateRequest {
  urn: string;
  inputs: PropertyMap;
  /** Nothing is to be done. */
  preview: boolean;
}

export interface UpdateRequest {
  urn: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: string[];
  /** Nothing is to be done. */
  preview: boolean;
}

export interface ReadRequest {
  urn: string;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

export interface ReadAnswer {
  id: string;
  outputs: PropertyMap;
  /** Absent if the provider does not tell. */
  inputs?: PropertyMap;
  /** Why the object that exists is not in order. */
  initErrors: string[];
}

export interface DeleteRequest {
  urn: string;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

/** The object exists under `id`, but is not finished: it is kept in the state and updated by the next deployment. */
export class InitFailed extends Error {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap | undefined;
  readonly reasons: string[];

  constructor(id: string, outputs: PropertyMap, inputs: PropertyMap | undefined, reasons: string[]) {
    super(reasons.join("\n") || "resource init failed");
    this.name = "InitFailed";
    this.id = id;
    this.outputs = outputs;
    this.inputs = inputs;
    this.reasons = reasons;
  }
}
