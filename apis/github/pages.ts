import type { Call } from "../http/call.ts";
import type { Session } from "./session.ts";

/** The query of the page that a `Link` header calls the next. */
const nextQuery = (link: string | undefined): Record<string, string> | undefined => {
  const url = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(link ?? "")?.[1];
  // Only its query is used: the link itself could lead to another host.
  return url === undefined ? undefined : Object.fromEntries(new URL(url, "https://localhost").searchParams);
};

/** Every entry of a list, page by page as GitHub links them. */
export const allPages = async <T>(session: Session, call: Call): Promise<T[]> => {
  const all: T[] = [];
  let query: Call["query"] = { ...call.query, per_page: 100 };
  for (;;) {
    const { body, headers } = await session.call({ ...call, query });
    all.push(...(body as T[]));
    const next = nextQuery(headers.link);
    if (next === undefined) return all;
    query = next;
  }
};
