/** What a dynamic resource's provider does; the shim in the program's process only delegates to one of these. */
export interface ResourceProvider<Inputs extends object, Outputs extends object> {
  /**
   * Validates and completes the inputs. `olds` are the inputs of the last deployment, empty for a new resource.
   * An unknown value arrives as the string `unknown` and passes every rule.
   */
  check(olds: Partial<Inputs>, news: Inputs): Promise<CheckResult<Inputs>>;
  /** Compares the outputs of the last deployment with the new inputs. No calls. */
  diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult>;
  create(inputs: Inputs): Promise<{ id: string; outs: Outputs }>;
  /** The object as it is now, or `{}` when it is gone. */
  read(id: string, props: Outputs): Promise<ReadResult<Inputs, Outputs>>;
  update(id: string, olds: Outputs, news: Inputs): Promise<{ outs: Outputs }>;
  delete(id: string, props: Outputs): Promise<void>;
}

export interface CheckFailure {
  /** Path of the property, such as `roles[0].role`. */
  property: string;
  /** What is wrong and what is right. */
  reason: string;
}

export interface CheckResult<Inputs> {
  inputs: Inputs;
  failures: CheckFailure[];
}

export interface DiffResult {
  changes: boolean;
  /** The properties that force a replacement. */
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

export type ReadResult<Inputs, Outputs> =
  | { id: string; props: Outputs; inputs: Inputs }
  | { id?: undefined; props?: undefined; inputs?: undefined };

/**
 * How an unknown value reaches `check` and `diff` during a preview.
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts (`unknownValue`)
 */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): boolean => value === unknown;
