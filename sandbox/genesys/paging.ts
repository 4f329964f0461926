import { invalidValue } from "./errors.ts";

export interface Page<T> {
  entities: T[];
  pageSize: number;
  pageNumber: number;
  total: number;
  pageCount: number;
  selfUri: string;
  firstUri: string;
  lastUri: string;
  nextUri?: string;
  previousUri?: string;
}

const positive = (query: URLSearchParams, name: string, fallback: number, maximum: number): number => {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > maximum)
    throw invalidValue(name, text, `1..${maximum}`);
  return value;
};

/** One page of a list. `pageSize` defaults to 25, its maximum differs by operation. */
export const pageOf = <T>(
  items: readonly T[],
  query: URLSearchParams,
  path: string,
  maximumPageSize = 500,
): Page<T> => {
  const pageSize = positive(query, "pageSize", 25, maximumPageSize);
  return page(items, path, pageSize, positive(query, "pageNumber", 1, Number.MAX_SAFE_INTEGER));
};

export const page = <T>(items: readonly T[], path: string, pageSize: number, pageNumber: number): Page<T> => {
  const pageCount = Math.max(1, Math.ceil(items.length / pageSize));
  const uri = (number: number) => `${path}?pageSize=${pageSize}&pageNumber=${number}`;
  return {
    entities: items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: items.length,
    pageCount,
    selfUri: uri(pageNumber),
    firstUri: uri(1),
    lastUri: uri(pageCount),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
  };
};
