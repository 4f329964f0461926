import type { Models } from "purecloud-platform-client-v2";
import { badRequest, invalidValue, PlatformError } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import { type UserRecord, unstamped } from "./records.ts";
import {
  existingUser,
  patchUser,
  readEmail,
  readText,
  refuseTakenEmail,
  states,
  userNotFound,
} from "./user-changes.ts";
import { searchUsers } from "./user-search.ts";

/**
 * Users.
 *
 * Verified: required fields, states, permissions, that GET and the list need none, that the list shows active users
 * unless asked (Python SDK 257); `general.resource.not.found`, `max.user.ids`, `invalid.password`, the 409 for a wrong
 * version (swagger of March 2018); that `state` goes alone in a PATCH and that a deleted user is restored by it (SDK);
 * that GET answers 404 for a deleted user unless `state=deleted`, and `general.conflict` for a taken e-mail address
 * (Terraform provider).
 * Assumed: that a PATCH with `state` and other fields is a 400; that a search without a state shows active users;
 * that the password policy is that of the authentication settings.
 */
const path = "/api/v2/users";
const createFields = fieldNames<Models.CreateUser>({
  name: true,
  department: true,
  email: true,
  addresses: true,
  title: true,
  password: true,
  divisionId: true,
  state: true,
});
const editors = anyOf("admin", "directory:user:edit", "directory:organization:admin");

export const userOperations: Operations = {
  [`GET ${path}`]: {
    run: (call) => {
      const { query } = call.request;
      const state = query.get("state") ?? "active";
      if (state !== "any" && !isState(state))
        throw invalidValue("state", state, "active, inactive, deleted, any");
      const ids = query.getAll("id").flatMap((id) => id.split(","));
      if (ids.length > 100) {
        throw new PlatformError(400, "max.user.ids", "Only 100 users can be requested at a time.");
      }
      const users = call.world.users
        .list()
        .filter((user) => state === "any" || user.state === state)
        .filter((user) => ids.length === 0 || ids.includes(user.id))
        .map((user) => toUser(call, user));
      auditRead(call, "View");
      return { status: 200, body: pageOf(users, query, path) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("directory:user:add"),
    run: (call) => {
      const fields = fieldsOf(call, createFields);
      const name = fields.requiredString("name");
      const email = readEmail(fields.requiredString("email"));
      const divisionId = fields.requiredString("divisionId");
      if (!call.world.divisions.has(divisionId))
        throw badRequest(`The division ${divisionId} does not exist.`);
      refuseTakenEmail(call, email, undefined);
      const password = fields.string("password");
      const user = call.world.users.add(
        {
          id: call.world.newId(),
          name,
          email,
          divisionId,
          ...readText(fields),
          addresses: (fields.list("addresses") ?? []) as Models.Contact[],
          state: fields.oneOf("state", ["active", "inactive"]) ?? call.switches.newUserState,
          version: 0,
          grants: employee(call, divisionId),
          // A password that breaks the policy does not undo the creation (SDK).
          hasPassword: password !== undefined && satisfiesPolicy(call, password),
          other: {},
          ...unstamped,
        },
        call.by,
      );
      return { status: 200, body: toUser(call, user) };
    },
  },
  [`POST ${path}/search`]: {
    permissions: anyOf("directory:user:view"),
    run: (call) => {
      const { page, users } = searchUsers(call);
      return { status: 200, body: { ...page, results: users.map((user) => toUser(call, user)) } };
    },
  },
  [`GET ${path}/{userId}`]: {
    run: (call) => {
      const id = call.param("userId");
      const wanted = call.request.query.get("state") ?? "active";
      if (wanted !== "active" && wanted !== "deleted") throw invalidValue("state", wanted, "active, deleted");
      const user = call.world.users.read(id);
      if (user === undefined || (user.state === "deleted") !== (wanted === "deleted")) throw userNotFound(id);
      auditRead(call, "View", user);
      return { status: 200, body: toUser(call, user) };
    },
  },
  [`PATCH ${path}/{userId}`]: {
    permissions: editors,
    run: (call) => ({ status: 200, body: toUser(call, patchUser(call)) }),
  },
  [`DELETE ${path}/{userId}`]: {
    permissions: anyOf("admin", "directory:user:delete", "directory:organization:admin"),
    run: (call) => {
      const user = existingUser(call);
      if (user.state === "deleted") throw userNotFound(user.id);
      call.world.users.edit(user.id, { state: "deleted" }, call.by);
      return { status: 200, body: {} };
    },
  },
  [`POST ${path}/{userId}/password`]: {
    permissions: anyOf("directory:user:setPassword"),
    run: (call) => {
      const user = existingUser(call);
      const password = fieldsOf(call, ["newPassword"]).requiredString("newPassword");
      if (!satisfiesPolicy(call, password)) {
        throw new PlatformError(
          400,
          "invalid.password",
          "The new password does not meet policy requirements",
        );
      }
      call.world.users.edit(user.id, { hasPassword: true }, call.by);
      return { status: 204 };
    },
  },
};

const isState = (text: string): text is UserRecord["state"] => states.some((state) => state === text);

/** The role that everybody has. */
const employee = (call: ApiCall, divisionId: string): UserRecord["grants"] => {
  const role = call.world.roles.find(({ defaultRoleId }) => defaultRoleId === "employee");
  return role === undefined ? [] : [call.world.grant(role.id, divisionId)];
};

const satisfiesPolicy = (call: ApiCall, password: string): boolean => {
  const policy = call.world.settings.get("authentication")?.passwordRequirements ?? {};
  const count = (pattern: RegExp) => password.match(pattern)?.length ?? 0;
  return (
    password.length >= (policy.minimumLength ?? 0) &&
    count(/\d/g) >= (policy.minimumDigits ?? 0) &&
    count(/[A-Za-z]/g) >= (policy.minimumLetters ?? 0) &&
    count(/[^A-Za-z0-9]/g) >= (policy.minimumSpecials ?? 0)
  );
};

const auditRead = (call: ApiCall, action: string, user?: UserRecord): void => {
  if (!call.switches.auditReads) return;
  call.world.audits.record({
    entityType: "User",
    entityId: user?.id ?? "",
    entityName: user?.name,
    action,
    by: call.by,
  });
};

const toUser = (call: ApiCall, user: UserRecord): Models.User => {
  const expand = call.request.query.getAll("expand").flatMap((each) => each.split(","));
  const authorization = {
    roles: user.grants.map(({ roleId }) => ({ id: roleId, name: call.world.roles.get(roleId)?.name ?? "" })),
  };
  return {
    ...user.other,
    id: user.id,
    name: user.name,
    division: {
      id: user.divisionId,
      name: call.world.divisions.get(user.divisionId)?.name ?? "",
      selfUri: `/api/v2/authorization/divisions/${user.divisionId}`,
    },
    ...(user.department === undefined ? {} : { department: user.department }),
    email: user.email,
    username: user.email,
    primaryContactInfo: [{ address: user.email, mediaType: "EMAIL", type: "PRIMARY" }],
    addresses: user.addresses,
    state: user.state,
    ...(user.title === undefined ? {} : { title: user.title }),
    version: user.version,
    ...(expand.includes("authorization") ? { authorization } : {}),
    acdAutoAnswer: user.other.acdAutoAnswer === true,
    selfUri: `${path}/${user.id}`,
  };
};
