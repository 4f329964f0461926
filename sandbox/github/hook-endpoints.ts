import type { components } from "@octokit/openapi-types";
import * as v from "valibot";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { issued } from "../secrecy/issued.ts";
import { invalidFields, notFound } from "./answers.ts";
import { bodyOf } from "./body.ts";
import type { Endpoint, Family } from "./family.ts";
import type { Delivery, Hook, Hooks } from "./hooks.ts";
import { pageOf } from "./paging.ts";
import { organizationOf } from "./people.ts";
import { apiUrl } from "./places.ts";
import { iso } from "./times.ts";

type Schemas = components["schemas"];

const insecureSsl = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((given) => String(given)),
);
const config = v.object({
  url: v.optional(v.string()),
  content_type: v.optional(v.picklist(["json", "form"])),
  secret: v.optional(v.string()),
  insecure_ssl: v.optional(insecureSsl),
});
const createBody = v.object({
  name: v.literal("web"),
  config,
  events: v.optional(v.array(v.string()), ["push"]),
  active: v.optional(v.boolean(), true),
});
const updateBody = v.object({
  config: v.optional(config),
  events: v.optional(v.array(v.string())),
  active: v.optional(v.boolean()),
});

/** What is looked for in everything that was written: a word of a few letters would be found everywhere. */
const note = (secret = ""): void => {
  if (/^[\w-]{32,}$/.test(secret)) issued(secret);
};

const refused = (message: string) =>
  invalidFields([{ resource: "Hook", field: "url", code: "custom", message }]);

const urlIn = (url: string | undefined): string => {
  if (url === undefined || !URL.canParse(url)) throw refused("Sorry, the URL host is not supported.");
  return url;
};

const configOf = (hook: Hook) => ({
  url: hook.url,
  content_type: hook.contentType,
  insecure_ssl: hook.insecureSsl,
  ...(hook.secret === undefined ? {} : { secret: "********" }),
});

const wire = (hook: Hook): Schemas["org-hook"] => {
  const url = `${apiUrl}/orgs/${hook.organization}/hooks/${hook.id}`;
  return {
    type: "Organization",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: [...hook.events],
    config: configOf(hook),
    updated_at: iso(hook.updatedAt),
    created_at: iso(hook.createdAt),
    url,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
  };
};

const itemOf = (delivery: Delivery) =>
  ({
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: iso(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: delivery.durationMilliseconds / 1000,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }) satisfies Schemas["hook-delivery-item"];

/** Makes a webhook known by its first event. https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping */
export const ping = (hooks: Hooks, hook: Hook): void => {
  const { created_at, updated_at, url, ping_url, deliveries_url = "" } = wire(hook);
  const payload = {
    zen: "Keep it logically awesome.",
    hook_id: hook.id,
    hook: {
      type: "Organization",
      id: hook.id,
      name: "web",
      active: hook.active,
      events: [...hook.events],
      config: configOf(hook),
      updated_at,
      created_at,
      url,
      ping_url,
      deliveries_url,
    },
    organization: organizationOf(hook.organization),
  };
  hooks.send(hook, { event: "ping", action: null, repositoryId: null, payload });
};

/**
 * Webhooks of an organisation and what became of their deliveries.
 * https://docs.github.com/en/rest/orgs/webhooks
 */
export const organizationHooks = (hooks: Hooks): Family => {
  const hookOf = ({ params }: SimulatedRequest): Hook => {
    const hook = hooks.find(params.org ?? "", Number(params.hook_id));
    if (hook === undefined) throw notFound();
    return hook;
  };
  const deliveryOf = (request: SimulatedRequest): Delivery => {
    const id = Number(request.params.delivery_id);
    const delivery = hooks.deliveries(hookOf(request)).find((each) => each.id === id);
    if (delivery === undefined) throw notFound();
    return delivery;
  };

  const create = (request: SimulatedRequest): SimulatedResponse => {
    const { config: given, events, active } = bodyOf(request, createBody);
    const url = urlIn(given.url);
    const organization = request.params.org ?? "";
    if (hooks.of(organization).some((other) => other.url === url))
      throw refused("Hook already exists on this organization");
    note(given.secret);
    const hook = hooks.add({
      organization,
      url,
      secret: given.secret || undefined,
      contentType: given.content_type ?? "form",
      insecureSsl: given.insecure_ssl ?? "0",
      events,
      active,
    });
    ping(hooks, hook);
    return { status: 201, body: wire(hook) };
  };

  const update = (request: SimulatedRequest): SimulatedResponse => {
    const hook = hookOf(request);
    const { config: given, events, active } = bodyOf(request, updateBody);
    note(given?.secret);
    hooks.change(hook, {
      // The configuration is replaced as a whole, the secret with it.
      ...(given !== undefined && {
        url: urlIn(given.url),
        secret: given.secret || undefined,
        contentType: given.content_type ?? "form",
        insecureSsl: given.insecure_ssl ?? "0",
      }),
      ...(events !== undefined && { events }),
      ...(active !== undefined && { active }),
    });
    return { status: 200, body: wire(hook) };
  };

  const deliveries = (request: SimulatedRequest): SimulatedResponse => {
    const { query, path, headers } = request;
    const [least, most] = { success: [200, 399], failure: [400, 599] }[query.get("status") ?? ""] ?? [];
    const from = query.get("cursor") === null ? Number.POSITIVE_INFINITY : Number(query.get("cursor"));
    const listed = hooks
      .deliveries(hookOf(request))
      .filter(
        ({ id, statusCode }) =>
          id <= from && (least === undefined || (statusCode >= least && statusCode <= (most ?? 0))),
      );
    const size = Math.min(Number(query.get("per_page") ?? 30) || 30, 100);
    const next = listed[size];
    const parameters = new URLSearchParams(query);
    parameters.set("cursor", String(next?.id));
    return {
      status: 200,
      body: listed.slice(0, size).map(itemOf),
      ...(next !== undefined && {
        headers: { link: `<http://${headers.host ?? "api.github.com"}${path}?${parameters}>; rel="next"` },
      }),
    };
  };

  const delivery = (request: SimulatedRequest): SimulatedResponse => {
    const found = deliveryOf(request);
    const body: Schemas["hook-delivery"] = {
      ...itemOf(found),
      url: found.url,
      request: { headers: found.headers, payload: JSON.parse(found.payload) },
      response: { headers: {}, payload: "" },
    };
    return { status: 200, body };
  };

  const redeliver = (request: SimulatedRequest): SimulatedResponse => {
    hooks.redeliver(hookOf(request), deliveryOf(request));
    return { status: 202, body: {} };
  };

  const endpoint = (needs: Endpoint["needs"], answer: Endpoint["answer"]): Endpoint => ({
    needs,
    permission: "organization_hooks",
    needsNoScanning: true,
    answer,
  });
  const route = "/orgs/{org}/hooks";
  return {
    [`GET ${route}`]: endpoint("read", (request) =>
      pageOf(hooks.of(request.params.org ?? "").map(wire), request),
    ),
    [`POST ${route}`]: endpoint("write", create),
    [`GET ${route}/{hook_id}`]: endpoint("read", (request) => ({ status: 200, body: wire(hookOf(request)) })),
    [`PATCH ${route}/{hook_id}`]: endpoint("write", update),
    [`DELETE ${route}/{hook_id}`]: endpoint("write", (request) => {
      hooks.remove(hookOf(request));
      return { status: 204 };
    }),
    [`POST ${route}/{hook_id}/pings`]: endpoint("write", (request) => {
      ping(hooks, hookOf(request));
      return { status: 204 };
    }),
    [`GET ${route}/{hook_id}/deliveries`]: endpoint("read", deliveries),
    [`GET ${route}/{hook_id}/deliveries/{delivery_id}`]: endpoint("read", delivery),
    [`POST ${route}/{hook_id}/deliveries/{delivery_id}/attempts`]: endpoint("write", redeliver),
  };
};
