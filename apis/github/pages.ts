import type { Call } from "../http/call.ts";
import type { Session } from "./session.ts";

/** The query of the page that a `Link` header calls the next. */
const nextQuery = (link: string | undefined): Record<string, string> | undefined => {
  const url = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(link ?? "")?.[1];
  // Only its query is used: the link itself could lead to another host.
  return url === undefined ? undefined : Object.fromEntries(new URL(url, "https://localhost").searchParams);
};

/** A list, page by page as GitHub links them, by number or by cursor. */
export async function* pages<T>(session: Session, call: Call): AsyncGenerator<readonly T[]> {
  let query: Call["query"] = { ...call.query, per_page: 100 };
  for (;;) {
    const { body, headers } = await session.call({ ...call, query });
    yield body as T[];
    const next = nextQuery(headers.link);
    if (next === undefined) return;
    query = next;
  }
}

/** Every entry of a list. */
export const allPages = async <T>(session: Session, call: Call): Promise<T[]> => {
  const all: T[] = [];
  for await (const page of pages<T>(session, call)) all.push(...page);
  return all;
};
