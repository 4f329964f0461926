import type { Models } from "purecloud-platform-client-v2";
import { auditServices } from "./audit-log.ts";
import { badRequest, invalidValue, notFound } from "./errors.ts";
import { Executions } from "./executions.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { type Interval, readInterval } from "./interval.ts";
import { allOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";

/**
 * Audit queries, over rows that the calls to this simulator made.
 *
 * Verified: paths, permission, models, filter properties, states, page sizes (Python SDK 257), that real-time queries
 * reach 14 days back. Assumed: a query is `Running` at the first look and `Succeeded` from the second on, and is kept for a day; its
 * interval is at most 30 days; the service of every entity type but OAuthClient, Role, User and AccessToken.
 */
const path = "/api/v2/audits/query";
const day = 24 * 3600 * 1000;
const queryFields = { interval: true, serviceName: true, filters: true, sort: true } as const;
const asyncFields = fieldNames<Models.AuditQueryRequest>(queryFields);
const realtimeFields = fieldNames<Models.AuditRealtimeQueryRequest>({
  ...queryFields,
  pageNumber: true,
  pageSize: true,
});
const filterProperties = [
  "UserId",
  "TrusteeOrganizationId",
  "ClientId",
  "Action",
  "EntityType",
  "EntityId",
] as const;
const actions = ["Create", "Update", "Delete", "Reset", "View", "AuthenticationFailed"];

interface Execution {
  status: Models.AuditQueryExecutionStatusResponse;
  rows: Models.AuditLogMessage[];
  looks: number;
}

/** Operations with the queries of one simulator. */
export const auditOperations = (): Operations => {
  const executions = new Executions<Execution>();
  const execution = (call: ApiCall): Execution => {
    const found = executions.get(call.param("transactionId"));
    if (found === undefined) throw notFound(call.param("transactionId"));
    return found;
  };
  return {
    [`POST ${path}`]: {
      permissions: allOf("audits:audit:view"),
      run: (call) => {
        const fields = fieldsOf(call, asyncFields);
        const interval = readInterval(fields, 30);
        const id = call.world.newId();
        const serviceName = fields.string("serviceName");
        const status: Models.AuditQueryExecutionStatusResponse = {
          id,
          state: "Queued",
          startDate: call.world.isoNow(),
          interval: fields.requiredString("interval"),
          ...(serviceName === undefined ? {} : { serviceName }),
        };
        executions.add(call, id, { status, rows: select(call, fields, interval), looks: 0 });
        return { status: 202, body: status };
      },
    },
    [`GET ${path}/{transactionId}`]: {
      permissions: allOf("audits:audit:view"),
      run: (call) => {
        const found = execution(call);
        found.looks += 1;
        found.status = { ...found.status, state: found.looks > 1 ? "Succeeded" : "Running" };
        return { status: 200, body: found.status };
      },
    },
    [`GET ${path}/{transactionId}/results`]: {
      permissions: allOf("audits:audit:view"),
      run: (call) => {
        const { rows, status } = execution(call);
        if (status.state !== "Succeeded") throw badRequest("The query has not succeeded yet.");
        const { query } = call.request;
        const pageSize = Number(query.get("pageSize") ?? 25);
        if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 500) {
          throw invalidValue("pageSize", pageSize, "1..500");
        }
        const start = Number(query.get("cursor") ?? 0);
        const end = start + pageSize;
        return {
          status: 200,
          body: {
            id: call.param("transactionId"),
            pageSize,
            ...(end < rows.length ? { cursor: String(end) } : {}),
            entities: rows.slice(start, end),
          },
        };
      },
    },
    [`POST ${path}/realtime`]: {
      permissions: allOf("audits:audit:view"),
      run: (call) => {
        const fields = fieldsOf(call, realtimeFields);
        const interval = readInterval(fields, 14);
        if (interval.from < call.world.now() - 14 * day) {
          throw badRequest("A real-time query reaches at most 14 days back.");
        }
        const rows = select(call, fields, interval);
        const pageSize = fields.integer("pageSize") ?? 25;
        const pageNumber = fields.integer("pageNumber") ?? 1;
        return {
          status: 200,
          body: {
            entities: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
            pageSize,
            pageNumber,
            total: rows.length,
            pageCount: Math.ceil(rows.length / pageSize),
          },
        };
      },
    },
    ...Object.fromEntries(
      ["servicemapping", "realtime/servicemapping"].map((name) => [
        `GET ${path}/${name}`,
        { permissions: allOf("audits:audit:view"), run: () => ({ status: 200, body: serviceMapping() }) },
      ]),
    ),
  };
};

const serviceMapping = (): Models.AuditQueryServiceMapping => ({
  services: [...new Set(Object.values(auditServices))].map((name) => ({
    name,
    entities: Object.entries(auditServices)
      .filter(([, service]) => service === name)
      .map(([entityType]) => ({ name: entityType, actions })),
  })),
});

const select = (call: ApiCall, fields: Fields, { from, to }: Interval): Models.AuditLogMessage[] => {
  const service = fields.string("serviceName");
  const services = [...new Set(Object.values(auditServices))];
  if (service !== undefined && !services.includes(service)) {
    throw invalidValue("serviceName", service, services.join(", "));
  }
  const filters = (fields.objects("filters") ?? []).map((filter) => ({
    property: filter.oneOf("property", filterProperties) ?? "EntityId",
    value: filter.requiredString("value"),
  }));
  const [sort] = fields.objects("sort") ?? [];
  const order = sort?.oneOf("sortOrder", ["ascending", "descending"]) ?? "ascending";
  const rows = call.world.audits.all.filter((row) => {
    const at = Date.parse(row.eventDate ?? "");
    return (
      at >= from &&
      at < to &&
      (service === undefined || row.serviceName === service) &&
      filters.every(({ property, value }) => propertyOf(row, property) === value)
    );
  });
  return order === "descending" ? rows.reverse() : rows;
};

const propertyOf = (
  row: Models.AuditLogMessage,
  property: (typeof filterProperties)[number],
): string | undefined => {
  switch (property) {
    case "UserId":
      return row.user?.id;
    case "TrusteeOrganizationId":
      return undefined;
    case "ClientId":
      return row.client?.id;
    case "Action":
      return row.action;
    case "EntityType":
      return row.entityType;
    case "EntityId":
      return row.entity?.id;
  }
};
