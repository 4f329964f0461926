import { NotFoundError } from "../../apis/genesys/errors.ts";
import { UnknownNameError } from "./errors.ts";
import type { Listing } from "./listing.ts";
import type { Patience } from "./patience.ts";

interface Named {
  id?: string | undefined;
  name?: string | undefined;
}

/** Objects of the organisation by name, and back. */
export interface Directory<T extends Named> {
  /**
   * The object behind a name. A name that is not there may belong to an object made a moment ago, so the listing is
   * repeated for a while before the name is called unknown.
   */
  named(name: string): Promise<T & { id: string }>;
  idOf(name: string): Promise<string>;
  /** The name behind an id, or undefined: the object is gone. */
  nameOf(id: string): Promise<string | undefined>;
  /** For whoever makes, renames or deletes such an object. */
  changed(): void;
}

export interface DirectoryOptions<T> {
  /** What the names are of, for messages. */
  kind: "role" | "division";
  listing: Listing<T>;
  patience: Patience;
  /** Asks for one object that is not in the listing. Default: such an object is taken for gone. */
  get?: (id: string) => Promise<T>;
}

export const createDirectory = <T extends Named>({
  kind,
  listing,
  patience,
  get,
}: DirectoryOptions<T>): Directory<T> => {
  const find = async (name: string): Promise<(T & { id: string }) | undefined> => {
    const found = (await listing.get()).find((each) => each.name === name);
    return found?.id === undefined ? undefined : { ...found, id: found.id };
  };
  const named = async (name: string) => {
    const known = await find(name);
    if (known !== undefined) return known;
    const found = await patience.until(() => {
      listing.drop();
      return find(name);
    });
    if (found === undefined) throw new UnknownNameError(kind, name);
    return found;
  };
  return {
    named,
    idOf: async (name) => (await named(name)).id,
    nameOf: async (id) => {
      const known = (await listing.get()).find((each) => each.id === id);
      if (known !== undefined || get === undefined) return known?.name;
      try {
        return (await get(id)).name;
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
    changed: listing.drop,
  };
};
