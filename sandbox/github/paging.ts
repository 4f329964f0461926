import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";

const positive = (text: string | null, fallback: number): number => {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : fallback;
};

/**
 * One page of a list, with the `Link` header: 30 a page, at most 100.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export const pageOf = <T>(
  items: readonly T[],
  { path, query, headers }: SimulatedRequest,
  show: (item: T) => unknown = (item) => item,
  /** For what has pages of its own size. */
  fixedSize?: number,
): SimulatedResponse => {
  const size = fixedSize ?? Math.min(positive(query.get("per_page"), 30), 100);
  const page = positive(query.get("page"), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const link = (to: number, relation: string): string => {
    const parameters = new URLSearchParams(query);
    parameters.set("page", String(to));
    return `<http://${headers.host ?? "api.github.com"}${path}?${parameters}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size).map(show),
    ...(links.length > 0 && { headers: { link: links.join(", ") } }),
  };
};
