import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import type { OcsfEvent } from "../../../apis/siem/api.ts";
import { siemApiOver } from "../../../apis/siem/create.ts";
import {
  AmbiguousOutcomeError,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingCredentialsError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  type SiemError,
  TooLargeError,
} from "../../../apis/siem/errors.ts";
import type { SiemKind } from "../../../apis/siem/settings.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

const open: Loopback[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const token = "c6d1f7ce-2a4b-4e9c-9f0d-5f3b8a7e1d22";

const event = (uid: string, time = 1_700_000_000_123): OcsfEvent => ({
  class_uid: 2004,
  time,
  message: `finding ${uid}`,
  metadata: { uid, version: "1.6.0" },
});

const setUp = async (
  kind: SiemKind,
  answer: (request: Received, count: number) => Scripted,
  more: { index?: string } = {},
) => {
  const server = await startLoopback(answer);
  open.push(server);
  const time = virtualTime();
  const settings = { kind, url: server.url, token: new Secret(token), ...more };
  return { api: siemApiOver(fetchConnection, settings, time.transport), server, ...time };
};

const failing = async (work: Promise<unknown>): Promise<SiemError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );

const success = { body: { text: "Success", code: 0 } };
const accepted = { status: 202, body: {} };

test("Splunk gets an event a call, in order, in seconds", async () => {
  const { api, server } = await setUp("splunk", () => success, { index: "security" });
  await api.send([event("a"), event("b")]);
  expect(server.received).toHaveLength(2);
  const [first, second] = server.received;
  expect(first).toMatchObject({ method: "POST", path: "/services/collector/event" });
  expect(first?.headers.authorization).toBe(`Splunk ${token}`);
  expect(JSON.parse(first?.text ?? "")).toEqual({
    time: 1_700_000_000.123,
    source: "genesys-credential-guard",
    sourcetype: "ocsf:genesys-credential-guard",
    index: "security",
    event: event("a"),
  });
  expect(JSON.parse(second?.text ?? "")).toMatchObject({ event: { metadata: { uid: "b" } } });
});

test("Datadog gets them together, and no time of its own that could be too old", async () => {
  const { api, server } = await setUp("datadog", () => accepted);
  const { message: _message, ...silent } = event("b");
  await api.send([event("a"), silent as OcsfEvent]);
  expect(server.received).toHaveLength(1);
  const [call] = server.received;
  expect(call).toMatchObject({ method: "POST", path: "/api/v2/logs" });
  expect(call?.headers["dd-api-key"]).toBe(token);
  expect(call?.headers.authorization).toBeUndefined();
  const logs = JSON.parse(call?.text ?? "");
  expect(logs).toMatchObject([
    {
      ddsource: "genesys-credential-guard",
      ddtags: "ocsf_class:2004",
      message: "finding a",
      ocsf: event("a"),
    },
    { message: "OCSF event b" },
  ]);
  expect(logs[0]).not.toHaveProperty("timestamp");
});

test("Datadog gets no more than it takes at once", async () => {
  const { api, server } = await setUp("datadog", () => accepted);
  await api.send(Array.from({ length: 1_001 }, (_, index) => event(String(index))));
  expect(server.received.map(({ text }) => JSON.parse(text).length)).toEqual([1_000, 1]);
});

test.each(["splunk", "datadog"] as const)("%s is not called for nothing", async (kind) => {
  const { api, server } = await setUp(kind, () => success);
  await api.send([]);
  expect(server.received).toEqual([]);
});

test.each([
  ["splunk", 403, { text: "Invalid token", code: 4 }, InvalidCredentialsError, "SIEM_SECRET_ARN"],
  ["splunk", 403, { text: "Token disabled", code: 1 }, InvalidCredentialsError, "Token disabled"],
  ["splunk", 400, { text: "Incorrect index", code: 7 }, InvalidRequestError, "code-7"],
  ["splunk", 404, "<html>", NotFoundError, "Check SIEM_URL"],
  ["splunk", 413, undefined, TooLargeError, "larger than"],
  ["splunk", 302, undefined, PlatformError, "unexpected answer"],
  [
    "datadog",
    403,
    { errors: [{ title: "Forbidden", detail: "API key is invalid" }] },
    InvalidCredentialsError,
    "API key is invalid",
  ],
  ["datadog", 401, { errors: ["Missing API key"] }, InvalidCredentialsError, "Missing API key"],
  ["datadog", 400, { errors: [null, {}] }, InvalidRequestError, "refuses the request"],
  ["datadog", 404, {}, NotFoundError, "log intake of your site"],
  ["datadog", 413, [], TooLargeError, "larger than"],
  ["datadog", 302, undefined, PlatformError, "unexpected answer"],
] as const)("%s, HTTP %p %j: the error says what to do", async (kind, status, body, type, next) => {
  const { api, server } = await setUp(kind, () => ({ status, body }));
  const error = await failing(api.send([event("a")]));
  expect(error).toBeInstanceOf(type);
  expect(error.message).toContain(next);
  expect(error.message).toContain("event a");
  expect(server.received).toHaveLength(1);
});

test.each([
  ["splunk", { body: { text: "Welcome" } }],
  ["splunk", { body: [] }],
  ["datadog", { status: 200, body: {} }],
] as const)("%s: a success of something else is none", async (kind, answer) => {
  const { api } = await setUp(kind, () => answer);
  expect(await failing(api.send([event("a")]))).toBeInstanceOf(PlatformError);
});

test.each([
  ["splunk", { status: 503, body: { text: "Server is busy", code: 9 } }, success],
  ["datadog", { status: 500, body: {} }, accepted],
  ["datadog", "drop", accepted],
] as const)(
  "%s: what failed is sent again, because the uid tells repeated events apart",
  async (kind, first, then) => {
    const { api, server } = await setUp(kind, (_, count) => (count < 3 ? first : then));
    await api.send([event("a")]);
    expect(server.received).toHaveLength(3);
  },
);

test("after three attempts it is the caller's turn", async () => {
  const { api, server } = await setUp("splunk", () => ({
    status: 503,
    body: { text: "Server is busy", code: 9 },
  }));
  expect(await failing(api.send([event("a")]))).toBeInstanceOf(AmbiguousOutcomeError);
  expect(server.received).toHaveLength(3);
});

test("a long limit is the caller's", async () => {
  const { api } = await setUp("datadog", () => ({ status: 429, headers: { "retry-after": "60" }, body: {} }));
  expect(await failing(api.send([event("a")]))).toBeInstanceOf(RateLimitedError);
});

test.each([
  ["http://siem.example", "splunk", "SIEM_URL must begin with https://"],
  ["https://siem.example/services/collector", "splunk", "SIEM_URL must have no path"],
  ["https://siem.example", "elastic", "SIEM_KIND is none of splunk, datadog"],
])("a token is not sent to %s as %s", async (url, kind, problem) => {
  const api = siemApiOver(fetchConnection, { url, kind: kind as SiemKind, token: new Secret(token) });
  const error = await failing(api.send([event("a")]));
  expect(error).toBeInstanceOf(MissingCredentialsError);
  // An unknown kind is noticed where events are sent.
  expect(error.message).toContain(problem);
});

test.each([
  ["splunk", 400],
  ["splunk", 200],
  ["datadog", 400],
  ["datadog", 202],
] as const)("%s, HTTP %p: no error holds the token, however it is echoed", async (kind, status) => {
  const server = await startLoopback(({ headers }) => {
    const echo = `${headers.authorization} ${headers["dd-api-key"]}`;
    return {
      status: status === 202 ? 200 : status,
      body: { text: echo, code: token, errors: [echo, { title: echo, detail: token }] },
    };
  });
  open.push(server);
  const read = async () => new Secret(token);
  const api = siemApiOver(fetchConnection, { kind, url: server.url, token: read }, virtualTime().transport);
  const error = await failing(api.send([event("a")]));
  expect(`${error.message}${JSON.stringify(error)}${error.stack}`).not.toContain(token);
});
