import type { Models } from "purecloud-platform-client-v2";
import { badRequest, invalidValue, notFound, requiredField, versionMismatch } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { checkProperties, integrationTypes } from "./integration-types.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import { type IntegrationConfigRecord, type IntegrationRecord, unstamped } from "./records.ts";

/**
 * Integrations.
 *
 * Verified: the three calls of a creation (POST with the type, PUT of the configuration with its version, PATCH of
 * the state), that a name is not needed in the POST, that a wrong version is refused with 409 (or 400) and worth a
 * retry (Terraform provider); permissions, states, list parameters (Python SDK 257). Assumed: that the name lives in
 * the configuration, that an EventBridge source cannot be enabled before its properties are complete, that the
 * configuration of an enabled integration may change.
 */
const path = "/api/v2/integrations";
const createFields = fieldNames<Models.CreateIntegrationRequest>({
  id: true,
  name: true,
  integrationType: true,
  selfUri: true,
});
const patchFields = fieldNames<Models.Integration>({
  id: true,
  name: true,
  integrationType: true,
  notes: true,
  intendedState: true,
  config: true,
  reportedState: true,
  attributes: true,
  selfUri: true,
});
const configFields = fieldNames<Models.IntegrationConfiguration>({
  id: true,
  name: true,
  version: true,
  properties: true,
  advanced: true,
  notes: true,
  credentials: true,
  selfUri: true,
});

export const integrationOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => {
      const { query } = call.request;
      const ids = query.getAll("ids").flatMap((id) => id.split(","));
      const type = query.get("integrationType");
      const state = query.get("reportedState")?.toUpperCase();
      const integrations = call.world.integrations
        .list()
        .filter((integration) => ids.length === 0 || ids.includes(integration.id))
        .filter((integration) => type === null || integration.typeId === type)
        .filter((integration) => state === undefined || reportedState(integration) === state)
        .map(toIntegration);
      return { status: 200, body: pageOf(integrations, query, path) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("integrations:integration:add"),
    run: (call) => {
      const fields = fieldsOf(call, createFields);
      const typeId = fields.object("integrationType")?.id;
      if (typeof typeId !== "string") throw requiredField("integrationType.id");
      const type = integrationTypes[typeId];
      if (type === undefined)
        throw invalidValue("integrationType.id", typeId, Object.keys(integrationTypes).join(", "));
      const integration = call.world.integrations.add(
        {
          id: call.world.newId(),
          typeId,
          intendedState: "DISABLED",
          config: {
            name: fields.string("name") ?? type.name,
            version: 1,
            properties: {},
            advanced: {},
            notes: "",
            credentials: {},
          },
          ...unstamped,
        },
        call.by,
      );
      return { status: 200, body: toIntegration(integration) };
    },
  },
  [`GET ${path}/types`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => ({
      status: 200,
      body: pageOf(Object.values(integrationTypes), call.request.query, `${path}/types`),
    }),
  },
  [`GET ${path}/types/{typeId}`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => {
      const type = integrationTypes[call.param("typeId")];
      if (type === undefined) throw notFound(call.param("typeId"));
      return { status: 200, body: type };
    },
  },
  [`GET ${path}/{integrationId}`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => {
      const integration = call.world.integrations.read(call.param("integrationId"));
      if (integration === undefined) throw notFound(call.param("integrationId"));
      return { status: 200, body: toIntegration(integration) };
    },
  },
  [`PATCH ${path}/{integrationId}`]: {
    permissions: anyOf("integrations:integration:edit"),
    run: (call) => {
      const integration = existing(call);
      const fields = fieldsOf(call, patchFields);
      const intendedState =
        fields.oneOf("intendedState", ["ENABLED", "DISABLED"]) ?? integration.intendedState;
      if (intendedState === "ENABLED") checkProperties(integration.typeId, integration.config.properties);
      const name = fields.string("name") ?? integration.config.name;
      const notes = fields.string("notes") ?? integration.config.notes;
      const config = { ...integration.config, name, notes };
      const next = call.world.integrations.edit(integration.id, { intendedState, config }, call.by);
      return { status: 200, body: toIntegration(next) };
    },
  },
  [`DELETE ${path}/{integrationId}`]: {
    permissions: anyOf("integrations:integration:delete"),
    run: (call) => {
      const integration = existing(call);
      call.world.integrations.remove(integration.id, call.by);
      return { status: 200, body: toIntegration(integration) };
    },
  },
  [`GET ${path}/{integrationId}/config/current`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => ({ status: 200, body: toConfig(call, existing(call)) }),
  },
  [`PUT ${path}/{integrationId}/config/current`]: {
    permissions: anyOf("integrations:integration:edit"),
    run: (call) => {
      const integration = existing(call);
      const fields = fieldsOf(call, configFields);
      const version = fields.integer("version");
      if (version === undefined) throw requiredField("version");
      if (version !== integration.config.version) {
        throw versionMismatch(call.switches.versionMismatchStatus, "integration configuration");
      }
      const config = readConfig(call, integration, fields);
      const next = call.world.integrations.edit(integration.id, { config }, call.by);
      return { status: 200, body: toConfig(call, next) };
    },
  },
};

const existing = (call: ApiCall): IntegrationRecord => {
  const integration = call.world.integrations.get(call.param("integrationId"));
  if (integration === undefined) throw notFound(call.param("integrationId"));
  return integration;
};

const readConfig = (
  call: ApiCall,
  integration: IntegrationRecord,
  fields: Fields,
): IntegrationConfigRecord => {
  const properties = fields.object("properties");
  if (properties === undefined) throw requiredField("properties");
  checkProperties(integration.typeId, properties);
  return {
    name: fields.requiredString("name"),
    version: integration.config.version,
    properties,
    advanced: fields.object("advanced") ?? {},
    notes: fields.string("notes") ?? "",
    credentials: readSlots(call, integration.typeId, fields.object("credentials") ?? {}),
  };
};

const readSlots = (
  call: ApiCall,
  typeId: string,
  sent: Record<string, unknown>,
): IntegrationConfigRecord["credentials"] => {
  const slots = integrationTypes[typeId]?.credentials ?? {};
  return Object.fromEntries(
    Object.entries(sent).map(([slot, value]) => {
      const { id } = (value ?? {}) as { id?: unknown };
      const credential = typeof id === "string" ? call.world.credentials.get(id) : undefined;
      if (credential === undefined) throw badRequest(`There is no credential ${String(id)}.`);
      const legal = slots[slot]?.credentialTypes;
      if (legal === undefined) throw invalidValue("credentials", slot, Object.keys(slots).join(", "));
      if (!legal.includes(credential.typeName)) {
        throw invalidValue(`credentials.${slot}`, credential.typeName, legal.join(", "));
      }
      return [slot, { id: credential.id }];
    }),
  );
};

const reportedState = ({ intendedState }: IntegrationRecord): "ACTIVE" | "INACTIVE" =>
  intendedState === "ENABLED" ? "ACTIVE" : "INACTIVE";

const toIntegration = (integration: IntegrationRecord): Models.Integration => ({
  id: integration.id,
  name: integration.config.name,
  integrationType: {
    id: integration.typeId,
    name: integrationTypes[integration.typeId]?.name ?? "",
    selfUri: `${path}/types/${integration.typeId}`,
  },
  notes: integration.config.notes,
  intendedState: integration.intendedState,
  reportedState: { code: reportedState(integration), lastUpdated: integration.dateModified },
  selfUri: `${path}/${integration.id}`,
});

const toConfig = (call: ApiCall, { id, config }: IntegrationRecord): Models.IntegrationConfiguration => ({
  id,
  name: config.name,
  version: config.version,
  properties: config.properties,
  advanced: config.advanced,
  notes: config.notes,
  credentials: Object.fromEntries(
    Object.entries(config.credentials).map(([slot, credential]) => [
      slot,
      {
        id: credential.id,
        name: call.world.credentials.get(credential.id)?.name ?? "",
        type: { name: call.world.credentials.get(credential.id)?.typeName ?? "" },
        selfUri: `${path}/credentials/${credential.id}`,
      },
    ]),
  ),
  selfUri: `${path}/${id}/config/current`,
});
