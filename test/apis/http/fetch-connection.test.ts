import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { startLoopback } from "../loopback.ts";

const call = { method: "GET", route: "/things", object: "things" } as const;
const options = { timeoutMilliseconds: 5_000, connections: 1 };

test("a header that cannot be sent is refused without its value", async () => {
  const token = `${randomBytes(24).toString("base64url")}\nx`;
  const attempt = fetchConnection({ ...options, baseUrl: "http://127.0.0.1:9" });
  const error: unknown = await attempt(call, { authorization: `Bearer ${token}` }).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).toContain("GET /things cannot be sent as it is");
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(token.slice(0, 32));
});

test("a name that nobody knows was sent nothing", async () => {
  const attempt = fetchConnection({ ...options, baseUrl: "http://nobody.invalid" });
  expect(await attempt(call)).toMatchObject({ kind: "unreachable" });
});

test("an answer that breaks off, or that never ends, is none", async () => {
  const server = createServer((socket) => {
    socket.once("data", (request) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":');
      if (request.includes("/broken")) socket.end();
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const attempt = fetchConnection({
    baseUrl: `http://127.0.0.1:${port}`,
    timeoutMilliseconds: 100,
    connections: 1,
  });
  try {
    expect(await attempt({ ...call, route: "/broken" })).toEqual({
      kind: "unanswered",
      reason: `UND_ERR_SOCKET at 127.0.0.1:${port}`,
    });
    expect(await attempt(call)).toEqual({
      kind: "unanswered",
      reason: `no answer from 127.0.0.1:${port} in time`,
    });
  } finally {
    server.close();
  }
});

test("a path of the base URL stays before the route", async () => {
  const server = await startLoopback(() => ({ body: {} }));
  try {
    await fetchConnection({ ...options, baseUrl: `${server.url}/prefix/` })(call);
    expect(server.received).toMatchObject([{ path: "/prefix/things" }]);
  } finally {
    await server.close();
  }
});
