import type { Models } from "purecloud-platform-client-v2";
import { invalidValue, notFound } from "./errors.ts";
import { Executions } from "./executions.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { type Interval, readInterval } from "./interval.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { UsageEntry } from "./usage-log.ts";

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
  for (const entry of visible(call, interval, clientId)) {
    const dimensionsOfRow = Object.assign(
      {},
      ...groupBy.map((dimension) => dimensionOf(call, entry, dimension)),
    );
    const row: Models.ApiUsageRow = { ...dimensionsOfRow, date: startOf(entry.at, granularity) };
    const key = JSON.stringify(row);
    const counted = rows.get(key) ?? row;
    for (const metric of wanted) count(counted, entry.status, metric);
    rows.set(key, counted);
  }
  return [...rows.values()];
};

const subset = <const T extends string>(fields: Fields, name: string, legal: readonly T[]): T[] | undefined =>
  fields.strings(name)?.map((value) => {
    const found = legal.find((each) => each === value);
    if (found === undefined) throw invalidValue(name, value, legal.join(", "));
    return found;
  });

const visible = (
  call: ApiCall,
  { from, to }: Interval,
  clientId: string | undefined,
): Iterable<UsageEntry> => {
  const latest = call.world.now() - call.switches.usageDelaySeconds * 1000;
  return call.world.usage.between(from, Math.min(to, latest + 1), clientId);
};

const dimensionOf = (call: ApiCall, entry: UsageEntry, dimension: Dimension): Models.ApiUsageRow => {
  switch (dimension) {
    case "OAuthClientId":
      return { clientId: entry.clientId, clientName: call.world.clientName(entry.clientId) };
    case "OrganizationId":
      return { organizationId: call.world.organization.id };
    case "UserId":
      return { userId: "" };
    case "TemplateUri":
      return { templateUri: entry.templateUri };
    case "HttpMethod":
      return { httpMethod: entry.httpMethod };
  }
};

const startOf = (at: number, granularity: Granularity): string => {
  const date = new Date(at);
  date.setUTCHours(0, 0, 0, 0);
  if (granularity === "Week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (granularity === "Month") date.setUTCDate(1);
  return date.toISOString();
};

const count = (row: Models.ApiUsageRow, status: number, metric: Metric): void => {
  const counts: Record<Metric, boolean> = {
    Status200: status < 300,
    Status300: status >= 300 && status < 400,
    Status400: status >= 400 && status < 500 && status !== 429,
    Status500: status >= 500,
    Status429: status === 429,
    Requests: true,
  };
  const name = `${metric.charAt(0).toLowerCase()}${metric.slice(1)}` as Uncapitalize<Metric>;
  row[name] = (row[name] ?? 0) + (counts[metric] ? 1 : 0);
};
