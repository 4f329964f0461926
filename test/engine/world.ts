import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Thing {
  id: string;
  name: string;
  value?: string;
  key?: string;
  serial: string;
}

/** A platform with nothing but things, on the loopback interface. */
export interface World {
  readonly url: string;
  readonly things: Map<string, Thing>;
  /** What was called, such as `create a`, in the order of arrival; reads are left out. */
  readonly calls: string[];
  /** What the next calls of this kind do instead, such as `create a`. */
  readonly faults: Map<string, "refuse" | "partial" | "hang">;
  /** Creates are answered in groups of so many: the first ones wait for the others. Default 1. */
  together: number;
  /** Answers the creates that wait for others. */
  release(): void;
  /** The most calls that were under way at the same time. */
  readonly mostAtOnce: () => number;
  /** Resolves when the call has arrived. */
  arrival(call: string): Promise<void>;
  close(): Promise<void>;
}

const verbs: Record<string, string> = { POST: "create", PUT: "update", DELETE: "delete", GET: "read" };

const bodyOf = async (request: IncomingMessage): Promise<Partial<Thing>> => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : (JSON.parse(text) as Partial<Thing>);
};

export const openWorld = async (): Promise<World> => {
  const things = new Map<string, Thing>();
  const calls: string[] = [];
  const faults: World["faults"] = new Map();
  const waiting = new Map<string, () => void>();
  let made = 0;
  let underWay = 0;
  let most = 0;
  let held: (() => void)[] = [];
  const release = (): void => {
    for (const answer of held) answer();
    held = [];
  };
  /** Resolves when `together` creates are waiting. */
  const company = (): Promise<void> =>
    new Promise((resolve) => {
      held.push(resolve);
      if (held.length >= world.together) release();
    });
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object) => {
      underWay--;
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    most = Math.max(most, ++underWay);
    const body = await bodyOf(request);
    const id = request.url?.split("/")[2];
    const known = id === undefined ? undefined : things.get(id);
    const call = `${verbs[request.method ?? ""]} ${body.name ?? known?.name ?? id}`;
    if (request.method !== "GET") calls.push(call);
    waiting.get(call)?.();
    const fault = faults.get(call);
    if (fault === "hang") return;
    if (fault === "refuse") return answer(500, { message: `${call} is not allowed` });
    if (request.method === "POST") await company();
    if (request.method === "POST") {
      const thing = { ...body, id: `id-${++made}`, name: body.name ?? "", serial: `serial-${made}` };
      things.set(thing.id, thing);
      return answer(fault === "partial" ? 202 : 200, thing);
    }
    if (known === undefined || id === undefined) return answer(404, {});
    if (request.method === "PUT") Object.assign(known, body);
    if (request.method === "DELETE") things.delete(id);
    answer(fault === "partial" ? 202 : 200, known);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const world: World = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    things,
    calls,
    faults,
    together: 1,
    release,
    mostAtOnce: () => most,
    arrival: (call) => new Promise((resolve) => waiting.set(call, resolve)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return world;
};
