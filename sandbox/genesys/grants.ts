import type { Models } from "purecloud-platform-client-v2";
import { invalidValue, notFound } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import { isSameGrant, readPair, requireRoles } from "./grant-rules.ts";
import { allOf, anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { Grant } from "./records.ts";

/**
 * Who holds which role where.
 *
 * Verified: paths, bodies, permissions, `subjectType` with its default PC_USER (Python SDK 257), that bulkreplace
 * wipes direct grants, that nobody loses the role employee. Assumed: that a subject of another type than said is not
 * found, that unknown roles and divisions are a 400, that taking away a grant that is not there succeeds.
 * The roles of an OAuth client are its grants: a change here shows in the client, and the other way round.
 */
const path = "/api/v2/authorization/subjects/{subjectId}";
const subjectTypes = ["PC_USER", "PC_GROUP", "PC_OAUTH_CLIENT"] as const;
const bodyFields = fieldNames<Models.RoleDivisionGrants>({ grants: true });

export const grantOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("authorization:grant:view"),
    run: (call) => ({ status: 200, body: toSubject(call, subject(call, undefined)) }),
  },
  [`POST ${path}/bulkadd`]: {
    permissions: allOf("authorization:grant:add"),
    run: (call) => {
      const target = subject(call, subjectType(call));
      const added = read(call);
      if (call.switches.grantNeedsRoles) requireRoles(call, added);
      target.set([...target.grants, ...added.filter((grant) => !target.grants.some(isSameGrant(grant)))]);
      return { status: 204 };
    },
  },
  [`POST ${path}/bulkremove`]: {
    permissions: allOf("authorization:grant:delete"),
    run: (call) => {
      const target = subject(call, undefined);
      const removed = read(call);
      target.set(
        target.grants.filter((grant) => isEmployee(call, grant, target) || !removed.some(isSameGrant(grant))),
      );
      return { status: 204 };
    },
  },
  [`POST ${path}/bulkreplace`]: {
    permissions: allOf("authorization:grant:add", "authorization:grant:delete"),
    run: (call) => {
      const target = subject(call, subjectType(call));
      const wanted = read(call);
      if (call.switches.grantNeedsRoles) requireRoles(call, wanted);
      const kept = target.grants.filter((grant) => isEmployee(call, grant, target));
      target.set([...kept, ...wanted.filter((grant) => !kept.some(isSameGrant(grant)))]);
      return { status: 204 };
    },
  },
};

interface Subject {
  id: string;
  name: string;
  type: "PC_USER" | "PC_OAUTH_CLIENT";
  grants: Grant[];
  set(grants: Grant[]): void;
}

const subjectType = (call: ApiCall): (typeof subjectTypes)[number] => {
  const sent = call.request.query.get("subjectType") ?? "PC_USER";
  const known = subjectTypes.find((type) => type === sent);
  if (known === undefined) throw invalidValue("subjectType", sent, subjectTypes.join(", "));
  return known;
};

const subject = (call: ApiCall, type: (typeof subjectTypes)[number] | undefined): Subject => {
  const id = call.param("subjectId");
  const { users, clients } = call.world;
  const user = users.get(id);
  if (user !== undefined && (type ?? "PC_USER") === "PC_USER") {
    return { ...user, type: "PC_USER", set: (grants) => users.edit(id, { grants }, call.by) };
  }
  const client = clients.get(id);
  if (client !== undefined && (type ?? "PC_OAUTH_CLIENT") === "PC_OAUTH_CLIENT") {
    return { ...client, type: "PC_OAUTH_CLIENT", set: (grants) => clients.edit(id, { grants }, call.by) };
  }
  throw notFound(id);
};

const read = (call: ApiCall): Grant[] =>
  (fieldsOf(call, bodyFields).objects("grants") ?? []).map((pair) => readPair(call, pair));

const isEmployee = (call: ApiCall, grant: Grant, target: Subject): boolean =>
  target.type === "PC_USER" && call.world.roles.get(grant.roleId)?.defaultRoleId === "employee";

const toSubject = (call: ApiCall, { id, name, grants }: Subject): Models.AuthzSubject => ({
  id,
  name,
  grants: grants.map(({ roleId, divisionId, grantMadeAt }) => {
    const role = call.world.roles.get(roleId);
    const division = call.world.divisions.get(divisionId);
    return {
      subjectId: id,
      division: { id: divisionId, name: division?.name ?? "*", description: division?.description ?? "" },
      role: { id: roleId, name: role?.name ?? "", default: role?.defaultRoleId !== undefined },
      grantMadeAt,
    };
  }),
  selfUri: `/api/v2/authorization/subjects/${id}`,
});
