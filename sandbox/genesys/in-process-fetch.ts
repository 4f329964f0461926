import type { Responder } from "../http/responder.ts";

/** `fetch` that ends at the simulator, whatever host the URL names. A connection that is cut is a `TypeError`. */
export const inProcessFetch =
  ({ respond }: Responder): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const outcome = await respond({
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(request.headers),
      text: await request.text(),
      sourceAddress: request.headers.get("x-forwarded-for") ?? "127.0.0.1",
    });
    if (outcome === "dropped") throw new TypeError("fetch failed");
    const { status, body, bytes, headers } = outcome;
    return new Response(bytes === undefined ? textOf(body) : Buffer.from(bytes), {
      status,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    });
  };

const textOf = (body: unknown): string | null => (body === undefined ? null : JSON.stringify(body));
