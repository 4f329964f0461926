import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { CallLog } from "./call-log.ts";
import { FaultPlan } from "./faults.ts";

export interface SimulatedRequest {
  method: string;
  /** Without the query string. */
  path: string;
  /** Values of the route template's `{name}` parts, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  /** The body as it came. */
  text: string;
  /** The address the call came from, for platforms that look at it. */
  sourceAddress: string;
}

export interface SimulatedResponse {
  status: number;
  /** Sent as JSON; undefined sends no body. */
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler = (request: SimulatedRequest) => SimulatedResponse | Promise<SimulatedResponse>;

export interface SimulatorOptions {
  /** `METHOD /route/{template}` to handler. */
  routes: Record<string, Handler>;
  /** The answer to a path that no route matches. */
  notFound: Handler;
  /** Runs before the handler; what it returns is the answer (authentication, rate limits). */
  guard?: (request: SimulatedRequest) => SimulatedResponse | undefined;
  /** The platform's own body for an injected status. */
  faultBody: (status: number) => unknown;
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

interface Route {
  method: string;
  template: string;
  names: string[];
  pattern: RegExp;
  handler: Handler;
}

const compile = (key: string, handler: Handler): Route => {
  const [method = "", template = ""] = key.split(" ");
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const source = template.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "([^/]+)");
  return { method, template, names, pattern: new RegExp(`^${source}$`), handler };
};

/** The values of a template's parts, or undefined where the path is not decodable. */
const readParams = (route: Route, path: string): Record<string, string> | undefined => {
  const values = route.pattern.exec(path)?.slice(1) ?? [];
  try {
    return Object.fromEntries(values.map((value, i) => [route.names[i] ?? "", decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
};

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const send = (response: ServerResponse, { status, body, headers }: SimulatedResponse): void => {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
};

/** An HTTP server on loopback that counts its calls and fails on demand. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const routes = Object.entries(options.routes)
    .map(([key, handler]) => compile(key, handler))
    // `/things/search` goes before `/things/{thingId}`.
    .sort((a, b) => a.names.length - b.names.length);
  const calls = new CallLog();
  const faults = new FaultPlan();

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = incoming.method ?? "GET";
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const route = routes.find((each) => each.method === method && each.pattern.test(url.pathname));
    const template = route?.template ?? url.pathname;
    const record = (status: number | "dropped") =>
      calls.record({ method, route: template, path: url.pathname, status });
    const params = route === undefined ? {} : readParams(route, url.pathname);
    if (params === undefined) {
      record(400);
      send(response, { status: 400 });
      return;
    }
    const request: SimulatedRequest = {
      method,
      path: url.pathname,
      params,
      query: url.searchParams,
      headers: incoming.headers,
      text: await read(incoming),
      sourceAddress: String(incoming.headers["x-forwarded-for"] ?? incoming.socket.remoteAddress ?? ""),
    };

    const fault = faults.next(method, template);
    if (fault?.kind === "latency") await sleep(fault.milliseconds);
    if (fault?.kind === "dropBefore") {
      record("dropped");
      incoming.socket.destroy();
      return;
    }
    if (fault?.kind === "status") {
      record(fault.status);
      const headers =
        fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) };
      send(response, { status: fault.status, body: fault.body ?? options.faultBody(fault.status), headers });
      return;
    }
    const result = options.guard?.(request) ?? (await (route?.handler ?? options.notFound)(request));
    if (fault?.kind === "dropAfter") {
      record("dropped");
      incoming.socket.destroy();
      return;
    }
    record(result.status);
    send(response, result);
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
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
