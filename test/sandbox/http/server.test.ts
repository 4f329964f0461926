import { type Simulator, startSimulator } from "../../../sandbox/http/server.ts";

let simulator: Simulator;
let effects: string[];

beforeEach(async () => {
  effects = [];
  simulator = await startSimulator({
    routes: {
      "GET /things/{thingId}": ({ params }) => ({ status: 200, body: { id: params.thingId } }),
      "GET /things/search": ({ query }) => ({ status: 200, body: { name: query.get("name") } }),
      "POST /things": ({ text }) => {
        effects.push(text);
        return { status: 201, body: { made: text }, headers: { "x-made": "yes" } };
      },
      "DELETE /things/{thingId}": () => ({ status: 204 }),
      "GET /broken": () => {
        throw new Error("a fault of the simulator");
      },
    },
    guard: ({ headers }) => (headers["x-stranger"] === undefined ? undefined : { status: 401, body: {} }),
    notFound: () => ({ status: 404, body: { message: "no such route" } }),
    faultBody: (status) => ({ injected: status }),
  });
});
afterEach(() => simulator.close());

const call = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
  const response = await fetch(simulator.url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    headers: response.headers,
  };
};

test("a template's parts reach the handler, decoded; a literal route goes before a template", async () => {
  expect((await call("GET", "/things/a%20b")).body).toEqual({ id: "a b" });
  expect((await call("GET", "/things/search?name=x")).body).toEqual({ name: "x" });
});

test("a malformed path is a 400 and no answer of a handler", async () => {
  expect((await call("GET", "/things/%E0%A4%A")).status).toBe(400);
});

test("body, status and headers of the handler are the answer", async () => {
  const { status, body, headers } = await call("POST", "/things", "text");
  expect({ status, body }).toEqual({ status: 201, body: { made: "text" } });
  expect(headers.get("x-made")).toBe("yes");
  expect(await call("DELETE", "/things/1")).toMatchObject({ status: 204, body: undefined });
  expect(await call("PUT", "/things/1")).toMatchObject({ status: 404, body: { message: "no such route" } });
});

test("the guard's answer goes before the handler's", async () => {
  expect((await call("POST", "/things", "x", { "x-stranger": "1" })).status).toBe(401);
  expect(effects).toEqual([]);
});

test("calls are counted by route until the count is reset", async () => {
  await call("GET", "/things/1");
  await call("GET", "/things/2");
  await call("GET", "/nowhere");
  expect(simulator.calls.count()).toBe(3);
  expect(simulator.calls.count("GET /things/{thingId}")).toBe(2);
  expect(simulator.calls.byRoute()).toEqual({ "GET /things/{thingId}": 2, "GET /nowhere": 1 });
  expect(simulator.calls.all.at(-1)).toEqual({
    method: "GET",
    route: "/nowhere",
    path: "/nowhere",
    status: 404,
  });
  simulator.calls.reset();
  expect(simulator.calls.count()).toBe(0);
});

test("a handler that throws cuts the connection instead of answering", async () => {
  const printed = jest.spyOn(console, "error").mockImplementation(() => undefined);
  await expect(call("GET", "/broken")).rejects.toThrow();
  expect(printed).toHaveBeenCalledTimes(1);
  printed.mockRestore();
});

describe("a fault", () => {
  test("answers with a status before any effect, with the body and Retry-After that it is given", async () => {
    simulator.faults.add({ fault: { kind: "status", status: 503 } });
    expect(await call("POST", "/things", "x")).toMatchObject({ status: 503, body: { injected: 503 } });
    simulator.faults.clear();
    simulator.faults.add({
      fault: { kind: "status", status: 429, retryAfterSeconds: 3, body: { own: true } },
    });
    const limited = await call("POST", "/things", "x");
    expect(limited).toMatchObject({ status: 429, body: { own: true } });
    expect(limited.headers.get("retry-after")).toBe("3");
    expect(effects).toEqual([]);
  });

  test.each([
    ["dropBefore", []],
    ["dropAfter", ["x"]],
  ] as const)("%s cuts the connection with the effects %j", async (kind, expected) => {
    simulator.faults.add({ fault: { kind }, times: 1 });
    await expect(call("POST", "/things", "x")).rejects.toThrow();
    expect(effects).toEqual(expected);
    expect(simulator.calls.all).toMatchObject([{ status: "dropped" }]);
    expect((await call("POST", "/things", "y")).status).toBe(201);
  });

  test("of latency answers all the same, later", async () => {
    simulator.faults.add({ fault: { kind: "latency", milliseconds: 5 } });
    expect((await call("GET", "/things/1")).status).toBe(200);
  });

  test("strikes the method and route that it names, after as many calls as it lets pass, as often as it says", async () => {
    simulator.faults.add({
      fault: { kind: "status", status: 500 },
      method: "GET",
      route: "/things/{thingId}",
      skip: 1,
      times: 2,
    });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await call("GET", "/things/1")).status);
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
    expect((await call("GET", "/things/search")).status).toBe(200);
    expect((await call("POST", "/things", "x")).status).toBe(201);
  });

  test("can be taken away; the first rule that matches strikes", async () => {
    const remove = simulator.faults.add({ fault: { kind: "status", status: 500 } });
    simulator.faults.add({ fault: { kind: "status", status: 504 } });
    expect((await call("GET", "/things/1")).status).toBe(500);
    remove();
    expect((await call("GET", "/things/1")).status).toBe(504);
  });
});
