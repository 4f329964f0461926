import type { Models } from "purecloud-platform-client-v2";
import { type Caller, clientsPath, startCaller, stopSimulators } from "./caller.ts";
import { sources, verified } from "./marks.ts";

afterEach(stopSimulators);

const start = () => startCaller({ switches: { usageDelaySeconds: 0 } });
const interval = "2026-11-01T00:00:00Z/2026-11-30T00:00:00Z";

const query = async ({ call }: Caller, path: string, body: object = {}): Promise<Models.ApiUsageRow[]> => {
  const started = await call<Models.UsageExecutionResult>("POST", path, { interval, ...body });
  const uri = path.startsWith("/api/v2/usage")
    ? `/api/v2/usage/query/${started.body.executionId}/results`
    : (started.body.resultsUri ?? "");
  expect((await call<Models.ApiUsageQueryResult>("GET", uri)).body.queryStatus).toBe("Running");
  const { body: result } = await call<Models.ApiUsageQueryResult>("GET", uri);
  expect(result.queryStatus).toBe("Complete");
  return result.results ?? [];
};

verified(
  sources.sdk,
  "a thief's reads show by client, path and method, without address or time of day",
  async () => {
    const caller = await start();
    const { id, token } = await caller.loginWith("routing:queue:view");
    const { send } = caller;
    await send(token, "GET", "/api/v2/users");
    await send(token, "GET", "/api/v2/users?pageNumber=2");
    await send(token, "GET", clientsPath);
    const rows = await query(caller, `${clientsPath}/${id}/usage/query`, {
      groupBy: ["OAuthClientId", "TemplateUri", "HttpMethod"],
    });
    expect(rows).toEqual([
      {
        clientId: id,
        clientName: "narrow",
        templateUri: "/api/v2/users",
        httpMethod: "GET",
        date: "2026-11-02T00:00:00.000Z",
        ...counts({ status200: 2, requests: 2 }),
      },
      {
        clientId: id,
        clientName: "narrow",
        templateUri: clientsPath,
        httpMethod: "GET",
        date: "2026-11-02T00:00:00.000Z",
        ...counts({ status400: 1, requests: 1 }),
      },
    ]);
  },
);

const counts = (some: object) => ({
  status200: 0,
  status300: 0,
  status400: 0,
  status500: 0,
  status429: 0,
  requests: 0,
  ...some,
});

verified(sources.sdk, "the whole organisation is counted by day, week and month", async () => {
  const caller = await start();
  const { clock, call } = caller;
  await call("GET", clientsPath);
  clock.pass(24 * 3600);
  await call("GET", clientsPath);
  const dates = async (granularity: string) => {
    const body = { granularity, metrics: ["Requests"], groupBy: ["OrganizationId", "UserId"] };
    return (await query(caller, "/api/v2/usage/query", body)).map(({ date }) => date?.slice(0, 10));
  };
  expect(await dates("Day")).toEqual(["2026-11-02", "2026-11-03"]);
  expect(await dates("Week")).toEqual(["2026-11-02"]);
  expect(await dates("Month")).toEqual(["2026-11-01"]);
});

test.each([
  ["granularity", { granularity: "Hour" }],
  ["dimension", { groupBy: ["RemoteIp"] }],
  ["metric", { metrics: ["Latency"] }],
  ["interval", { interval: "2025-01-01T00:00:00Z/2026-11-01T00:00:00Z" }],
])("a query with a wrong %s is a 400", async (_what, body) => {
  const { call } = await start();
  expect((await call("POST", "/api/v2/usage/query", { interval, ...body })).status).toBe(400);
});

test("an unknown client and an unknown query are 404", async () => {
  const { call } = await start();
  expect((await call("POST", `${clientsPath}/none/usage/query`, { interval })).status).toBe(404);
  expect((await call("GET", "/api/v2/usage/query/none/results")).status).toBe(404);
});
