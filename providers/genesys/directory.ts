import type { Listing } from "../dynamic/listing.ts";
import { UnknownNameError } from "./errors.ts";
import { ifFound } from "./existence.ts";
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
  all(): Promise<readonly T[]>;
  /** The object behind an id, or undefined: it is gone. */
  withId(id: string): Promise<T | undefined>;
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
  const withId = async (id: string) => {
    const known = (await listing.get()).find((each) => each.id === id);
    return known ?? (get === undefined ? undefined : ifFound(() => get(id)));
  };
  return {
    named,
    idOf: async (name) => (await named(name)).id,
    withId,
    nameOf: async (id) => (await withId(id))?.name,
    all: listing.get,
    changed: listing.drop,
  };
};
