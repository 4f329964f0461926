import { createFetch, ForeignOriginError, InvalidClientError } from "../../client/index.ts";
import { openWorld } from "./consumer.ts";

const path = "/api/v2/organizations/me";
const many = 100;
const times = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));
const isLogin = (request: Request): boolean => request.url.endsWith("/oauth/token");

test("a call brings a token along; many calls share one token and one look at the store", async () => {
  const { consumer, source, logins, apiCalls } = openWorld();
  const { call } = consumer();
  expect(await times(many, call)).toEqual(Array(many).fill(200));
  expect([source.fetches, logins(), apiCalls()]).toEqual([1, 1, many]);
});

describe("a rotation", () => {
  test("that leaves the old client alive for 15 minutes is not noticed by any call", async () => {
    const { consumer, rotate, clock, world, apiCalls, source } = openWorld();
    const { call } = consumer();
    await call();
    const { old, next } = rotate();
    for (let minute = 0; minute < 15; minute += 1) {
      clock.pass(60);
      expect(await call()).toBe(200);
    }
    expect(world.tokens.of(next.clientId)).toHaveLength(1);
    world.deleteClient(old.clientId);
    expect(await call()).toBe(200);
    expect([source.fetches, apiCalls()]).toEqual([2, 17]);
  });

  test("that kills the old client at once costs one refused call, one look and one token", async () => {
    const { consumer, rotate, disable, source, logins, apiCalls } = openWorld();
    const { call } = consumer();
    await call();
    disable(rotate().old);
    expect(await call()).toBe(200);
    expect([source.fetches, logins(), apiCalls()]).toEqual([2, 2, 3]);
  });

  test("met by 100 calls at once costs one look and one token", async () => {
    const { consumer, rotate, disable, source, logins, apiCalls } = openWorld();
    const { call } = consumer();
    await call();
    disable(rotate().old);
    expect(await times(many, call)).toEqual(Array(many).fill(200));
    expect([source.fetches, logins(), apiCalls()]).toEqual([2, 2, 1 + 2 * many]);
  });

  test("first met at the token endpoint costs one refused login and one look", async () => {
    const { consumer, rotate, disable, clock, source, logins, apiCalls, newCredential } = openWorld();
    source.credential = newCredential(300);
    const { call } = consumer();
    await call();
    disable(rotate().old);
    clock.pass(300);
    expect(await times(many, call)).toEqual(Array(many).fill(200));
    expect([source.fetches, logins(), apiCalls()]).toEqual([2, 3, 1 + many]);
  });

  test("to a credential that the token endpoint does not know yet is waited for on the old token", async () => {
    const { consumer, rotate, clock, world, problems } = openWorld();
    const { call } = consumer();
    await call();
    const { next } = rotate();
    world.clients.edit(next.clientId, { state: "inactive" });
    clock.pass(899);
    expect(await times(many, call)).toEqual(Array(many).fill(200));
    expect(problems).toContainEqual(expect.any(InvalidClientError));
    world.clients.edit(next.clientId, { state: "active" });
    clock.pass(5);
    expect(await call()).toBe(200);
    expect(world.tokens.of(next.clientId)).toHaveLength(1);
  });
});

describe("a token that is refused although the credential is the same", () => {
  test("is replaced once, however many calls it was refused to", async () => {
    const { consumer, world, source, logins } = openWorld();
    const { call } = consumer();
    await call();
    world.tokens.revokeAllOf(source.credential?.clientId ?? "");
    expect(await times(many, call)).toEqual(Array(many).fill(200));
    expect([source.fetches, logins()]).toEqual([2, 2]);
  });

  test("for ever is handed on, and neither the store nor the token endpoint is hammered", async () => {
    const { consumer, clock, source, logins, intercepted } = openWorld();
    const fetch = intercepted(async (request) =>
      isLogin(request) ? undefined : new Response(null, { status: 401 }),
    );
    const { call } = consumer({ fetch });
    for (let second = 0; second < 60; second += 1) {
      expect(await times(10, call)).toEqual(Array(10).fill(401));
      clock.pass(1);
    }
    expect(source.fetches).toBeLessThanOrEqual(1 + 60 / 5);
    expect(logins()).toBeLessThanOrEqual(1 + 60 / 5);
  });
});

test("a credential that nobody knows is an error, and neither end is hammered", async () => {
  const { consumer, clock, source, logins, disable } = openWorld();
  const { call } = consumer();
  if (source.credential !== undefined) disable(source.credential);
  for (let second = 0; second < 60; second += 1) {
    await expect(call()).rejects.toThrow(InvalidClientError);
    clock.pass(1);
  }
  expect(source.fetches).toBeLessThanOrEqual(1 + 60 / 5);
  expect(logins()).toBeLessThanOrEqual(1 + 60 / 5);
});

describe("an answer other than 401", () => {
  test.each([200, 204, 400, 403, 404, 409, 429, 500, 503])("such as %p is handed on", async (status) => {
    const { consumer, intercepted, source, logins } = openWorld();
    let calls = 0;
    const answer = new Response(null, { status, headers: { "retry-after": "7" } });
    const { fetch } = consumer({
      fetch: intercepted(async (request) => {
        if (isLogin(request)) return undefined;
        calls += 1;
        return answer;
      }),
    });
    expect(await fetch(path)).toBe(answer);
    expect([calls, source.fetches, logins()]).toEqual([1, 1, 1]);
  });

  test("to the second attempt is handed on too", async () => {
    const { consumer, intercepted } = openWorld();
    const answers = [401, 403, 200];
    const { call } = consumer({
      fetch: intercepted(async (request) =>
        isLogin(request) ? undefined : new Response(null, { status: answers.shift() ?? 500 }),
      ),
    });
    expect(await call()).toBe(403);
  });

  test("is whatever the network throws", async () => {
    const { consumer, intercepted } = openWorld();
    const { call } = consumer({
      fetch: intercepted(async (request) => {
        if (isLogin(request)) return undefined;
        throw new TypeError("fetch failed");
      }),
    });
    await expect(call()).rejects.toThrow("fetch failed");
  });
});

describe("a body", () => {
  /** A world whose first token is refused; what every call carried. */
  const refusingOnce = () => {
    const world = openWorld();
    const texts: string[] = [];
    const { fetch } = world.consumer({
      fetch: world.intercepted(async (request) => {
        if (isLogin(request)) return undefined;
        texts.push(await request.text());
        return new Response(null, { status: texts.length === 1 ? 401 : 200 });
      }),
    });
    return { ...world, fetch, texts };
  };

  test.each([
    ["text", () => "a=1"],
    ["URLSearchParams", () => new URLSearchParams({ a: "1" })],
    ["bytes", () => new TextEncoder().encode("a=1")],
    ["a buffer", () => Buffer.from("a=1")],
    ["a blob", () => new Blob(["a=1"])],
  ])("that is %s is sent again", async (_, body) => {
    const { fetch, texts } = refusingOnce();
    expect((await fetch("/api/v2/x", { method: "POST", body: body() })).status).toBe(200);
    expect(texts).toEqual(["a=1", "a=1"]);
  });

  test("of a Request is sent again, with its headers and another token", async () => {
    const { fetch, texts } = refusingOnce();
    const url = "https://api.mypurecloud.com/api/v2/x";
    const request = new Request(url, { method: "POST", body: "a=1", headers: { "x-a": "b" } });
    expect((await fetch(request)).status).toBe(200);
    expect(texts).toEqual(["a=1", "a=1"]);
  });

  test.each([
    ["a stream", () => new Blob(["a=1"]).stream()],
    [
      "an async iterable",
      () =>
        (async function* () {
          yield new TextEncoder().encode("a=1");
        })(),
    ],
  ])("that is %s is not; the 401 is handed on and the next call has another token", async (_, body) => {
    const { fetch, texts, logins } = refusingOnce();
    const stream = { method: "POST", body: body() as ReadableStream, duplex: "half" as const };
    expect((await fetch("/api/v2/x", stream)).status).toBe(401);
    expect(texts).toEqual(["a=1"]);
    expect(logins()).toBe(2);
    expect((await fetch("/api/v2/x")).status).toBe(200);
    expect(logins()).toBe(2);
  });
});

describe("the token", () => {
  const seen = () => {
    const { consumer, intercepted } = openWorld();
    const requests: Request[] = [];
    const { fetch } = consumer({
      fetch: intercepted(async (request) => {
        if (isLogin(request)) return undefined;
        requests.push(request);
        return new Response(null, { status: 204 });
      }),
    });
    return { fetch, requests };
  };

  test("goes beside the caller's own headers, and replaces an Authorization header", async () => {
    const { fetch, requests } = seen();
    await fetch(path, { headers: { "x-a": "b", authorization: "Bearer mine" } });
    await fetch(new Request(`https://api.mypurecloud.com${path}`, { headers: { "x-a": "c" } }));
    expect(requests.map(({ headers }) => headers.get("x-a"))).toEqual(["b", "c"]);
    for (const { headers } of requests) expect(headers.get("authorization")).toMatch(/^Bearer [\w-]{64}$/);
  });

  test.each([
    "https://evil.example/api/v2/users/me",
    "//evil.example/api/v2/users/me",
    "http://api.mypurecloud.com/api/v2/users/me",
    "https://login.mypurecloud.com/oauth/token",
    new URL("https://api.mypurecloud.com.evil.example/"),
    new Request("https://evil.example/"),
  ])("is not sent to another host: %s", async (input) => {
    const { fetch, requests } = seen();
    await expect(fetch(input)).rejects.toThrow(ForeignOriginError);
    expect(requests).toEqual([]);
  });
});

test.each(["apiUrl", "loginUrl"])("a host that is not safe is refused as %s", (name) => {
  const provider = openWorld().consumer().provider;
  for (const url of ["http://api.example.com", "api.example.com", "http://127.0.0.1.example.com"]) {
    expect(() => createFetch({ provider, [name]: url })).toThrow("must begin with https://");
  }
  for (const url of [
    "https://api.example.com",
    "http://127.0.0.1:8080",
    "http://localhost",
    "http://[::1]:1",
  ]) {
    expect(() => createFetch({ provider, [name]: url })).not.toThrow();
  }
});
