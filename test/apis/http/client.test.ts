import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { axiosConnection } from "../../../apis/http/axios-connection.ts";
import type { Call } from "../../../apis/http/call.ts";
import { createHttpClient, type Dialect, type Transport } from "../../../apis/http/client.ts";
import type { Connect } from "../../../apis/http/connection.ts";
import {
  AmbiguousOutcomeError,
  type ApiError,
  InvalidRequestError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
} from "../../../apis/http/errors.ts";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { type Loopback, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

const dialect: Dialect = {
  name: "Test service",
  explain: ({ body, headers }) => ({
    platformMessage: JSON.stringify(body),
    correlationId: headers["x-correlation-id"],
  }),
  toError: (failure, { status }) =>
    status >= 400 && status < 500 ? new InvalidRequestError(failure) : new PlatformError(failure),
};

const methods = ["GET", "PUT", "DELETE", "POST", "PATCH"] as const;
const call = (method: Call["method"], more: Partial<Call> = {}): Call => ({
  method,
  route: "/things/{id}",
  params: { id: 7 },
  object: "thing 7",
  ...more,
});

const open: Loopback[] = [];
const serve = async (answer: Parameters<typeof startLoopback>[0]): Promise<Loopback> => {
  const server = await startLoopback(answer);
  open.push(server);
  return server;
};
/** Answers one after the other; the last one for ever. */
const script = (...answers: Scripted[]) =>
  serve((_, count) => answers[Math.min(count, answers.length) - 1] ?? "drop");

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const connections = { axios: axiosConnection, fetch: fetchConnection } satisfies Record<string, Connect>;

const opened = (connect: Connect, server: { url: string }, transport: Transport = {}) => {
  const time = virtualTime();
  const client = createHttpClient(dialect, server.url, { ...time.transport, connect, ...transport });
  return { ...time, client };
};

const failing = async (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );

describe.each(Object.entries(connections))("over %s,", (name, connect) => {
  const setUp = (server: { url: string }, transport: Transport = {}) => opened(connect, server, transport);

  describe("a call", () => {
    test("carries its path, query, JSON body and headers, and gives back the answer", async () => {
      const server = await serve(() => ({ status: 201, headers: { "x-a": "b" }, body: { ok: true } }));
      const { client } = setUp(server);
      const answer = await client.send(
        call("POST", {
          params: { id: "a b/ü" },
          query: { page: 2, deep: false },
          body: { name: "ü" },
          headers: async () => ({ authorization: "Bearer t" }),
        }),
      );
      expect(answer).toMatchObject({ status: 201, body: { ok: true }, headers: { "x-a": "b" } });
      expect(server.received).toMatchObject([
        {
          method: "POST",
          path: "/things/a%20b%2F%C3%BC",
          query: { page: "2", deep: "false" },
          text: '{"name":"ü"}',
          headers: {
            authorization: "Bearer t",
            "content-type": "application/json",
            "user-agent": "genesys-credential-guard",
          },
        },
      ]);
    });

    test("sends a form where it is given one", async () => {
      const server = await script({ body: {} });
      await setUp(server).client.send(call("POST", { form: { a: "1 2", b: "&" } }));
      expect(server.received).toMatchObject([
        { text: "a=1+2&b=%26", headers: { "content-type": "application/x-www-form-urlencoded" } },
      ]);
    });

    test("of the method DELETE can carry a body and be answered by nothing", async () => {
      const server = await script({ status: 204 });
      const { body } = await setUp(server).client.send(call("DELETE", { body: { ids: [1] } }));
      expect(body).toBeUndefined();
      expect(server.received).toMatchObject([{ method: "DELETE", text: '{"ids":[1]}' }]);
    });

    test.each([undefined, {}, { id: "" }])("is not made with the parameters %p", async (params) => {
      const server = await script({ body: {} });
      const { params: _, ...rest } = call("GET");
      const incomplete = { ...rest, ...(params === undefined ? {} : { params }) };
      await expect(setUp(server).client.send(incomplete)).rejects.toThrow(
        "/things/{id} needs a value for id",
      );
      expect(server.received).toEqual([]);
    });

    test("does not follow a redirect, which could carry the token elsewhere", async () => {
      const elsewhere = await script({ body: {} });
      const server = await script({ status: 302, headers: { location: elsewhere.url } });
      const error = await failing(setUp(server).client.send(call("GET")));
      expect(error).toBeInstanceOf(PlatformError);
      expect(elsewhere.received).toEqual([]);
    });

    test("fails with what its headers failed with", async () => {
      const server = await script({ body: {} });
      const headers = async () => {
        throw new Error("no token");
      };
      await expect(setUp(server).client.send(call("GET", { headers }))).rejects.toThrow("no token");
      expect(server.received).toEqual([]);
    });
  });

  describe("concurrency", () => {
    const slow = () =>
      serve(async () => {
        await sleep(5);
        return { body: {} };
      });

    test.each([
      [undefined, 8],
      [1, 1],
      [3, 3],
    ])("with a limit of %p, at most %p of 40 calls are under way at once", async (concurrency, most) => {
      const server = await slow();
      const { client } = setUp(server, concurrency === undefined ? {} : { concurrency });
      await Promise.all(Array.from({ length: 40 }, () => client.send(call("GET"))));
      expect(server.received).toHaveLength(40);
      expect(server.mostAtOnce()).toBeLessThanOrEqual(most);
    });

    test("a call that waits for a rate limit keeps others from meeting it", async () => {
      const server = await serve((_, count) =>
        count <= 2 ? { status: 429, headers: { "retry-after": "30" } } : { body: {} },
      );
      const { client, pauses } = setUp(server, { concurrency: 2 });
      await Promise.all(Array.from({ length: 10 }, () => client.send(call("GET"))));
      expect(server.received).toHaveLength(12);
      expect(pauses).toEqual([30_500, 30_500]);
    });
  });

  describe("a rate limit", () => {
    test.each(methods)("lets a %s be repeated after the time that it asks for", async (method) => {
      const server = await script({ status: 429, headers: { "retry-after": "17" } }, { body: { ok: 1 } });
      const { client, pauses } = setUp(server);
      expect((await client.send(call(method))).body).toEqual({ ok: 1 });
      expect(pauses).toEqual([17_500]);
    });

    test("may name a date", async () => {
      const server = await script(
        { status: 429, headers: { "retry-after": "Tue, 01 Sep 2026 00:01:00 GMT" } },
        { body: {} },
      );
      const { client, pauses } = setUp(server);
      await client.send(call("POST"));
      expect(pauses).toEqual([60_500]);
    });

    test("of more than 180 seconds is reported with the time to come back", async () => {
      const server = await script({ status: 429, headers: { "retry-after": "181" } });
      const { client, pauses } = setUp(server);
      const error = await failing(client.send(call("POST")));
      expect(error).toBeInstanceOf(RateLimitedError);
      expect(error).toMatchObject({
        code: "rate-limited",
        retryAt: new Date("2026-09-01T00:03:01Z"),
        status: 429,
      });
      expect(error.message).toContain("Run it again after 2026-09-01T00:03:01.000Z");
      expect(server.received).toHaveLength(1);
      expect(pauses).toEqual([]);
    });

    test("that never ends is reported after ten attempts", async () => {
      const server = await script({ status: 429 });
      const { client, pauses } = setUp(server);
      expect(await failing(client.send(call("POST")))).toBeInstanceOf(RateLimitedError);
      expect(server.received).toHaveLength(10);
      expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    });
  });

  describe("a failure of the service", () => {
    test.each(["GET", "PUT", "DELETE"] as const)("lets a %s be repeated", async (method) => {
      const server = await script(
        { status: 503, headers: { "retry-after": "2" } },
        { status: 408 },
        { body: 1 },
      );
      const { client, pauses } = setUp(server);
      expect((await client.send(call(method))).body).toBe(1);
      expect(pauses).toEqual([2_500, 500]);
    });

    test.each(["POST", "PATCH"] as const)("leaves the outcome of a %s unknown", async (method) => {
      const server = await script({ status: 500, headers: { "x-correlation-id": "c-1" } });
      const error = await failing(setUp(server).client.send(call(method)));
      expect(error).toBeInstanceOf(AmbiguousOutcomeError);
      expect(error.message).toMatch(
        /^thing 7: it is unknown .* HTTP 500\. Look the object up .*correlation id c-1\)$/,
      );
      expect(server.received).toHaveLength(1);
    });

    test.each([
      ["none", PlatformError],
      ["idempotent", AmbiguousOutcomeError],
    ] as const)(
      "that stays is told after five attempts of a POST with the effect %p",
      async (effect, kind) => {
        const server = await script({ status: 502, body: "<html>Bad gateway</html>" });
        const error = await failing(setUp(server).client.send(call("POST", { effect })));
        expect(error).toBeInstanceOf(kind);
        expect(error).toMatchObject({ status: 502 });
        expect(server.received).toHaveLength(5);
      },
    );
  });

  describe("no answer", () => {
    test.each([
      ["GET", 5, UnreachableError],
      ["PUT", 5, AmbiguousOutcomeError],
      ["DELETE", 5, AmbiguousOutcomeError],
      ["POST", 1, AmbiguousOutcomeError],
      ["PATCH", 1, AmbiguousOutcomeError],
    ] as const)("to a %s ends after %p attempts", async (method, attempts, kind) => {
      const server = await script("drop");
      const error = await failing(setUp(server).client.send(call(method)));
      expect(error).toBeInstanceOf(kind);
      expect(server.received).toHaveLength(attempts);
    });

    test("within the time limit leaves the outcome of a POST unknown", async () => {
      const server = await script("silence");
      const error = await failing(setUp(server, { timeoutMilliseconds: 50 }).client.send(call("POST")));
      expect(error).toBeInstanceOf(AmbiguousOutcomeError);
      expect(error.message).toContain(`no answer from ${new URL(server.url).host} in time`);
    });

    test("is what a page of some proxy amounts to", async () => {
      const server = await script({ status: 200, body: "<html>Please log in</html>" });
      const read = await failing(setUp(server).client.send(call("GET")));
      expect(read).toBeInstanceOf(UnreachableError);
      expect(read.message).toContain("HTTP 200 with a body that is not JSON");
      expect(await failing(setUp(server).client.send(call("POST")))).toBeInstanceOf(AmbiguousOutcomeError);
    });

    test.each([
      ["a rate limit", { status: 429, headers: { "retry-after": "999" } }],
      ["a failure", { status: 500 }],
    ])("once, then %s: a PUT may still have taken effect", async (_, last) => {
      const server = await script("drop", last);
      expect(await failing(setUp(server).client.send(call("PUT")))).toBeInstanceOf(AmbiguousOutcomeError);
    });

    test("once, then a rate limit: a GET has no effect", async () => {
      const server = await script("drop", { status: 429, headers: { "retry-after": "999" } });
      expect(await failing(setUp(server).client.send(call("GET")))).toBeInstanceOf(RateLimitedError);
    });
  });

  describe("a service that cannot be reached", () => {
    test.each(methods)("has had no effect by a %s", async (method) => {
      const server = await script({ body: {} });
      await server.close();
      open.length = 0;
      const { client, pauses } = setUp(server);
      const error = await failing(client.send(call(method)));
      expect(error).toBeInstanceOf(UnreachableError);
      expect(error.message).toContain(`ECONNREFUSED at ${new URL(server.url).host}`);
      expect(pauses).toHaveLength(4);
    });

    test("may be one whose TLS handshake fails", async () => {
      const server = await script({ body: {} });
      const secure = { url: server.url.replace("http:", "https:") };
      const error = await failing(setUp(secure).client.send(call("POST")));
      expect(error).toBeInstanceOf(UnreachableError);
    });
  });

  test("a client does not keep its process running", async () => {
    const server = await script({ body: { ok: true } });
    const program = `
    import { createHttpClient } from ${JSON.stringify(`${process.cwd()}/apis/http/client.ts`)};
    import { ${name}Connection as connect } from ${JSON.stringify(`${process.cwd()}/apis/http/${name}-connection.ts`)};
    const client = createHttpClient({ name: "x", explain: () => ({}), toError: () => new Error() }, "${server.url}", { connect });
    console.log((await client.send({ method: "GET", route: "/", object: "x" })).body);
  `;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
      timeout: 30_000,
    });
    expect(stdout).toContain("ok: true");
  });
});

describe("proxies", () => {
  const setUp = (server: { url: string }) => opened(axiosConnection, server);

  const variables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);
  const environment = (values: Partial<Record<(typeof variables)[number], string>>) =>
    Object.assign(process.env, values);

  beforeEach(() => {
    for (const name of variables) delete process.env[name];
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  /** This machine, in a form that nothing but the network stack takes for it. */
  const disguised = (url: string) => url.replace("127.0.0.1", "[::ffff:127.0.0.1]");

  test("are passed by on the way to this machine", async () => {
    const [server, proxy] = [await script({ body: 1 }), await script({ body: 2 })];
    environment({ HTTP_PROXY: proxy.url });
    expect((await setUp(server).client.send(call("GET"))).body).toBe(1);
    expect(proxy.received).toEqual([]);
  });

  test("are used on the way to any other", async () => {
    const [server, proxy] = [await script({ body: 1 }), await script({ body: 2 })];
    environment({ HTTP_PROXY: proxy.url });
    expect((await setUp({ url: disguised(server.url) }).client.send(call("GET"))).body).toBe(2);
    expect(server.received).toEqual([]);
  });

  test("are passed by where NO_PROXY says so", async () => {
    const [server, proxy] = [await script({ body: 1 }), await script({ body: 2 })];
    environment({ HTTP_PROXY: proxy.url, NO_PROXY: "*" });
    expect((await setUp({ url: disguised(server.url) }).client.send(call("GET"))).body).toBe(1);
  });

  test("are not looked at by fetch, which leaves them to Node", async () => {
    const [server, proxy] = [await script({ body: 1 }), await script({ body: 2 })];
    environment({ HTTP_PROXY: proxy.url });
    const { client } = opened(fetchConnection, { url: disguised(server.url) });
    expect((await client.send(call("GET"))).body).toBe(1);
    expect(proxy.received).toEqual([]);
  });
});

test("a file is for the connection that can stop reading it", async () => {
  const server = await serve(() => ({ body: "some text" }));
  const file = call("GET", { mostBytes: 100 });
  const { client } = opened(fetchConnection, server);
  expect((await client.send(file)).body).toEqual(Buffer.from("some text"));
  await expect(opened(axiosConnection, server).client.send(file)).rejects.toThrow(
    "/things/{id} answers a file: use fetchConnection",
  );
});
