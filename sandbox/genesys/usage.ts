import type { Models } from "purecloud-platform-client-v2";
import { invalidValue, notFound } from "./errors.ts";
import { Executions } from "./executions.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { readInterval } from "./interval.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { UsageKind } from "./usage-log.ts";

/**
 * Usage queries: who called what how often, by day, week or month.
 *
 * Verified: paths, permissions, models, granularities, dimensions, query states; that neither address nor time of day
 * is ever told (SDK 262, the vendor's usage blueprint). Assumed: a query is `Running` at the first look and
 * `Complete` from the second on, and its result is kept for a day; its interval is at most 366 days; without `groupBy` there is one row for each date;
 * when a call shows up (a switch).
 */
const bodyFields = fieldNames<Models.ApiUsageOrganizationQuery>({
  interval: true,
  granularity: true,
  metrics: true,
  groupBy: true,
});
const dimensions = ["OAuthClientId", "OrganizationId", "UserId", "TemplateUri", "HttpMethod"] as const;
const metrics = ["Status200", "Status300", "Status400", "Status500", "Status429", "Requests"] as const;
type Dimension = (typeof dimensions)[number];
type Metric = (typeof metrics)[number];
type Granularity = "Day" | "Week" | "Month";

/** Operations with the queries of one simulator. */
export const usageOperations = (): Operations => {
  const executions = new Executions<{ rows: Models.ApiUsageRow[]; looks: number }>();
  const start = (call: ApiCall, resultsPath: string, clientId?: string) => {
    const executionId = call.world.newId();
    executions.add(call, executionId, {
      rows: aggregate(call, fieldsOf(call, bodyFields), clientId),
      looks: 0,
    });
    return { status: 200, body: { executionId, resultsUri: `${resultsPath}/${executionId}` } };
  };
  const result = (call: ApiCall) => {
    const execution = executions.get(call.param("executionId"));
    if (execution === undefined) throw notFound(call.param("executionId"));
    execution.looks += 1;
    return execution.looks > 1
      ? { status: 200, body: { results: execution.rows, queryStatus: "Complete" } }
      : { status: 200, body: { results: [], queryStatus: "Running" } };
  };
  const ofClient = anyOf("oauth:client:view", "usage:client:view");
  const ofOrganization = anyOf("oauth:client:view", "usage:organization:view");
  return {
    "POST /api/v2/usage/query": {
      permissions: ofOrganization,
      run: (call) => start(call, "/api/v2/usage/query/results"),
    },
    "GET /api/v2/usage/query/{executionId}/results": { permissions: ofOrganization, run: result },
    "POST /api/v2/oauth/clients/{clientId}/usage/query": {
      permissions: ofClient,
      run: (call) => {
        const clientId = call.param("clientId");
        if (!call.world.clients.has(clientId)) throw notFound(clientId);
        return start(call, `/api/v2/oauth/clients/${clientId}/usage/query/results`, clientId);
      },
    },
    "GET /api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}": {
      permissions: ofClient,
      run: result,
    },
  };
};

const aggregate = (call: ApiCall, fields: Fields, clientId: string | undefined): Models.ApiUsageRow[] => {
  const interval = readInterval(fields, 366);
  const granularity = fields.oneOf("granularity", ["Day", "Week", "Month"]) ?? "Day";
  const groupBy = subset(fields, "groupBy", dimensions) ?? [];
  const wanted = subset(fields, "metrics", metrics) ?? metrics;
  const rows = new Map<string, Models.ApiUsageRow>();
  const period = periods(granularity);
  const latest = call.world.now() - call.switches.usageDelaySeconds * 1000;
  const to = Math.min(interval.to, latest + 1);
  call.world.usage.each(interval.from, to, clientId, (at, by, kind) => {
    const date = period(at);
    const dimensionsOfRow = groupBy.map((dimension) => dimensionOf(call, by, kind, dimension));
    const key = groupBy.length === 0 ? date : JSON.stringify([dimensionsOfRow, date]);
    let counted = rows.get(key);
    if (counted === undefined) {
      counted = Object.assign({}, ...dimensionsOfRow, { date }) as Models.ApiUsageRow;
      rows.set(key, counted);
    }
    for (const metric of wanted) count(counted, kind.status, metric);
  });
  return [...rows.values()];
};

const subset = <const T extends string>(fields: Fields, name: string, legal: readonly T[]): T[] | undefined =>
  fields.strings(name)?.map((value) => {
    const found = legal.find((each) => each === value);
    if (found === undefined) throw invalidValue(name, value, legal.join(", "));
    return found;
  });

const dimensionOf = (
  call: ApiCall,
  clientId: string,
  { templateUri, httpMethod }: UsageKind,
  dimension: Dimension,
): Models.ApiUsageRow => {
  switch (dimension) {
    case "OAuthClientId":
      return { clientId, clientName: call.world.clientName(clientId) };
    case "OrganizationId":
      return { organizationId: call.world.organization.id };
    case "UserId":
      return { userId: "" };
    case "TemplateUri":
      return { templateUri };
    case "HttpMethod":
      return { httpMethod };
  }
};

/** The start of the period in which a call was made; calls of the same day come one after another. */
const periods = (granularity: Granularity): ((at: number) => string) => {
  const day = 24 * 3600 * 1000;
  let known = { day: Number.NaN, start: "" };
  return (at) => {
    const dayOf = Math.floor(at / day);
    if (dayOf !== known.day) known = { day: dayOf, start: startOf(at, granularity) };
    return known.start;
  };
};

const startOf = (at: number, granularity: Granularity): string => {
  const date = new Date(at);
  date.setUTCHours(0, 0, 0, 0);
  if (granularity === "Week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (granularity === "Month") date.setUTCDate(1);
  return date.toISOString();
};

const counts: Readonly<Record<Metric, { name: Uncapitalize<Metric>; has(status: number): boolean }>> = {
  Status200: { name: "status200", has: (status) => status < 300 },
  Status300: { name: "status300", has: (status) => status >= 300 && status < 400 },
  Status400: { name: "status400", has: (status) => status >= 400 && status < 500 && status !== 429 },
  Status500: { name: "status500", has: (status) => status >= 500 },
  Status429: { name: "status429", has: (status) => status === 429 },
  Requests: { name: "requests", has: () => true },
};

const count = (row: Models.ApiUsageRow, status: number, metric: Metric): void => {
  const { name, has } = counts[metric];
  row[name] = (row[name] ?? 0) + (has(status) ? 1 : 0);
};
