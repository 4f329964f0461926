import { isDeepStrictEqual } from "node:util";

/**
 * The objects on which resources of this run live.
 *
 * The engine deletes a resource that was replaced, or renamed in the program, after it has made its successor. The
 * successor may have found and taken over the very same object, which then must not be deleted.
 */
export interface Occupancy {
  /** The program declares a resource with these inputs. */
  declare(inputs: object): void;
  /**
   * A resource whose object is not being replaced. It counts if the program declares it: a refresh, too, compares
   * resources, and one that is gone from the program is deleted in the same run.
   */
  keep(id: string, inputs: object): void;
  /** A resource has just been given the object. */
  take(id: string): void;
  has(id: string): boolean;
}

export const createOccupancy = (): Occupancy => {
  const declared: object[] = [];
  const taken = new Set<string>();
  return {
    declare: (inputs) => {
      declared.push(inputs);
    },
    keep: (id, inputs) => {
      if (declared.some((each) => isDeepStrictEqual(each, inputs))) taken.add(id);
    },
    take: (id) => {
      taken.add(id);
    },
    has: (id) => taken.has(id),
  };
};
