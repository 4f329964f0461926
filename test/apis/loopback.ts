import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  text: string;
}

export type Scripted =
  | "drop"
  /** Never answered. */
  | "silence"
  | { status?: number; headers?: Record<string, string>; body?: unknown };

export interface Loopback {
  url: string;
  received: Received[];
  /** The most calls that were ever being answered at once. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** An HTTP server whose every answer a test decides. A body that is a string, or bytes, is sent as it is. */
export const startLoopback = async (
  answer: (request: Received, count: number) => Scripted | Promise<Scripted>,
): Promise<Loopback> => {
  const received: Received[] = [];
  let atOnce = 0;
  let most = 0;
  const server = createServer(async (incoming, response) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const request: Received = {
      method: incoming.method ?? "",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      text: Buffer.concat(chunks).toString("utf8"),
    };
    received.push(request);
    const scripted = await answer(request, received.length);
    atOnce -= 1;
    if (scripted === "silence") return;
    if (scripted === "drop") {
      incoming.socket.destroy();
      return;
    }
    const { status = 200, headers = {}, body } = scripted;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    const isRaw = typeof body === "string" || body instanceof Uint8Array || body === undefined;
    response.end(isRaw ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    mostAtOnce: () => most,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
