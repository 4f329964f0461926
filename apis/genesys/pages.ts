import type { Call } from "../http/call.ts";
import type { Session } from "./session.ts";

interface Page<T> {
  entities?: T[];
  pageCount?: number;
}

const pageSize = 100;

/** Every entity of a list that the platform gives by `pageNumber` and `pageSize`. */
export const allPages = async <T>(session: Session, call: Call): Promise<T[]> => {
  const all: T[] = [];
  for (let pageNumber = 1; ; pageNumber += 1) {
    const query = { ...call.query, pageNumber, pageSize };
    const { entities = [], pageCount = 1 } = await session.call<Page<T>>({ ...call, query });
    all.push(...entities);
    if (pageNumber >= pageCount || entities.length === 0) return all;
  }
};
