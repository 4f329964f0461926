import { NotFoundError, VersionConflictError } from "../../apis/genesys/errors.ts";
import type { Occupancy } from "./occupancy.ts";

/** What the platform has, or undefined when it has nothing of that id. */
export const ifFound = async <T>(look: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
};

const attempts = 3;

/** Deletes by id what no resource lives on. What is gone already is done. */
export const remove = async (id: string, occupied: Occupancy, call: () => Promise<void>): Promise<void> => {
  if (occupied.has(id)) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await ifFound(call);
      return;
    } catch (error) {
      // Somebody else was faster; the platform refuses even a deletion for that.
      if (!(error instanceof VersionConflictError) || attempt === attempts) throw error;
    }
  }
};
