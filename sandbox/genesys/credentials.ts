import type { Models } from "purecloud-platform-client-v2";
import { badRequest, invalidValue, notFound } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import { credentialTypes } from "./integration-types.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import { type CredentialRecord, unstamped } from "./records.ts";

/**
 * Credentials of integrations.
 *
 * Verified: bodies and permissions (Python SDK 257), that missing fields are refused and that fields are never read
 * back (Terraform provider). Assumed: that PUT replaces all fields, that a credential in use may be deleted, that a
 * type cannot change.
 */
const path = "/api/v2/integrations/credentials";
const bodyFields = fieldNames<Models.Credential>({
  id: true,
  name: true,
  type: true,
  credentialFields: true,
  selfUri: true,
});

export const credentialOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => ({
      status: 200,
      body: pageOf(call.world.credentials.list().map(toInfo), call.request.query, path),
    }),
  },
  [`GET ${path}/types`]: {
    permissions: anyOf("integrations:integration:view"),
    run: () => ({
      status: 200,
      body: Object.entries(credentialTypes).map(([name, { required }]) => ({ id: name, name, required })),
    }),
  },
  [`POST ${path}`]: {
    permissions: anyOf("integrations:integration:add"),
    run: (call) => {
      const credential = call.world.credentials.add(
        {
          id: call.world.newId(),
          ...read(call),
          ...unstamped,
        },
        call.by,
      );
      return { status: 200, body: toInfo(credential) };
    },
  },
  [`GET ${path}/{credentialId}`]: {
    permissions: anyOf("integrations:integration:view"),
    run: (call) => {
      const credential = call.world.credentials.read(call.param("credentialId"));
      if (credential === undefined) throw notFound(call.param("credentialId"));
      return { status: 200, body: toCredential(credential) };
    },
  },
  [`PUT ${path}/{credentialId}`]: {
    permissions: anyOf("integrations:integration:edit"),
    run: (call) => {
      const current = existing(call);
      const next = read(call);
      if (next.typeName !== current.typeName)
        throw invalidValue("type.name", next.typeName, current.typeName);
      return { status: 200, body: toInfo(call.world.credentials.edit(current.id, next, call.by)) };
    },
  },
  [`DELETE ${path}/{credentialId}`]: {
    permissions: anyOf("integrations:integration:delete"),
    run: (call) => {
      call.world.credentials.remove(existing(call).id, call.by);
      return { status: 204 };
    },
  },
};

const existing = (call: ApiCall): CredentialRecord => {
  const credential = call.world.credentials.get(call.param("credentialId"));
  if (credential === undefined) throw notFound(call.param("credentialId"));
  return credential;
};

const read = (call: ApiCall): Pick<CredentialRecord, "name" | "typeName" | "fields"> => {
  const body = fieldsOf(call, bodyFields);
  const sentType = body.object("type");
  const typeName = sentType?.name ?? sentType?.id;
  const type = typeof typeName === "string" ? credentialTypes[typeName] : undefined;
  if (typeof typeName !== "string" || type === undefined) {
    throw invalidValue("type.name", typeName, Object.keys(credentialTypes).join(", "));
  }
  const sent = body.object("credentialFields") ?? {};
  const fields = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      if (typeof value !== "string") throw badRequest(`The credential field ${name} must be a string.`);
      return [name, value];
    }),
  );
  const missing = type.required.filter((name) => !fields[name]);
  if (missing.length > 0) {
    throw badRequest(`A credential of type ${typeName} needs the fields ${missing.join(", ")}.`);
  }
  return { name: body.string("name") ?? "", typeName, fields };
};

const toInfo = (credential: CredentialRecord): Models.CredentialInfo => ({
  ...toCredential(credential),
  createdDate: credential.dateCreated,
  modifiedDate: credential.dateModified,
});

const toCredential = ({ id, name, typeName }: CredentialRecord): Models.Credential => ({
  id,
  name,
  type: { id: typeName, name: typeName },
  selfUri: `${path}/${id}`,
});
