import { PartialFailure } from "./partial.ts";
import type { ResourceProvider } from "./provider.ts";

/**
 * Without what the protocol cannot carry: the engine's host fails on an `undefined` in an answer, after the object
 * was made, and never answers at all where it is in the properties of a partial failure.
 */
const carried = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The host calls providers with the provider's own text among the inputs. */
const textOf = (inputs: object): object => ("__provider" in inputs ? { __provider: inputs.__provider } : {});

/**
 * A partial failure as the state keeps it. The text of the provider must be among the properties: by it the engine
 * finds the provider again when it destroys the resource.
 */
const kept = (error: unknown, inputs: object): unknown =>
  error instanceof PartialFailure
    ? new PartialFailure(
        error.id,
        { ...carried(error.properties), ...textOf(inputs) },
        error.reasons,
        error.cause,
      )
    : error;

/** A provider as the engine's host may call it. */
export const hostEdge = <Inputs extends object, Outputs extends object>(
  provider: ResourceProvider<Inputs, Outputs>,
): ResourceProvider<Inputs, Outputs> => {
  const keep = async <T>(inputs: Inputs, call: () => Promise<T>): Promise<T> => {
    try {
      return carried(await call());
    } catch (error) {
      throw kept(error, inputs);
    }
  };
  return {
    check: async (olds, news) => carried(await provider.check(olds, news)),
    diff: provider.diff,
    create: (inputs) => keep(inputs, () => provider.create(inputs)),
    read: async (id, props) => carried(await provider.read(id, props)),
    update: (id, olds, news) => keep(news, () => provider.update(id, olds, news)),
    delete: provider.delete,
  };
};
