import type { Listing } from "./listing.ts";
import type { Patience } from "./patience.ts";

interface Named {
  id?: string | undefined;
  name?: string | undefined;
}

/** Objects of the organisation by name, and back. */
export interface Directory {
  /**
   * The id behind a name. A name that is not there may belong to an object made a moment ago, so the listing is
   * repeated for a while before the name is called unknown.
   */
  idOf(name: string): Promise<string>;
  /** The name behind an id, or undefined: the object is gone, or was made after the last listing. */
  nameOf(id: string): Promise<string | undefined>;
}

/** A name that the organisation does not have. */
export class UnknownNameError extends Error {
  constructor(kind: string, name: string) {
    super(
      `The organisation has no ${kind} named ${JSON.stringify(name)}. Correct the name, or declare the ${kind} and let the resource depend on it.`,
    );
    this.name = "UnknownNameError";
  }
}

export const createDirectory = (
  kind: "role" | "division",
  listing: Listing<Named>,
  patience: Patience,
): Directory => {
  const find = async (name: string) => (await listing.get()).find((each) => each.name === name)?.id;
  return {
    idOf: async (name) => {
      const known = await find(name);
      if (known !== undefined) return known;
      const found = await patience.until(() => {
        listing.drop();
        return find(name);
      });
      if (found === undefined) throw new UnknownNameError(kind, name);
      return found;
    },
    nameOf: async (id) => (await listing.get()).find((each) => each.id === id)?.name,
  };
};
