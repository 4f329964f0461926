import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallLog } from "./call-log.ts";
import type { FaultPlan } from "./faults.ts";
import {
  createResponder,
  type Responder,
  type ResponderOptions,
  type SimulatedRequest,
  type SimulatedResponse,
} from "./responder.ts";

export type { Handler, SimulatedRequest, SimulatedResponse } from "./responder.ts";

export interface SimulatorOptions extends ResponderOptions {
  /** Default: any free port. */
  port?: number;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  url: string;
  calls: CallLog;
  faults: FaultPlan;
  close(): Promise<void>;
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const send = (response: ServerResponse, { status, body, bytes, headers }: SimulatedResponse): void => {
  const content = bytes ?? (body === undefined ? "" : JSON.stringify(body));
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    "content-length": Buffer.byteLength(content),
    ...headers,
  });
  response.end(content);
};

const requestOf = async (incoming: IncomingMessage): Promise<Omit<SimulatedRequest, "params">> => {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    text: await read(incoming),
    sourceAddress: String(incoming.headers["x-forwarded-for"] ?? incoming.socket.remoteAddress ?? ""),
  };
};

/** An HTTP server on loopback that counts its calls and fails on demand. */
export const startSimulator = ({ port, ...options }: SimulatorOptions): Promise<Simulator> =>
  serve(createResponder(options), port);

/** Makes a simulator reachable over HTTP on loopback. */
export async function serve(responder: Responder, port = 0): Promise<Simulator> {
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const outcome = await responder.respond(await requestOf(incoming));
    if (outcome === "dropped") incoming.socket.destroy();
    else send(response, outcome);
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      // A fault of the simulator itself: loud in the terminal, and no answer that a test could mistake for the platform's.
      console.error(`simulator: ${incoming.method} ${incoming.url}:`, error);
      incoming.socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    calls: responder.calls,
    faults: responder.faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
