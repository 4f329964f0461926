import type { Models } from "purecloud-platform-client-v2";
import {
  badRequest,
  conflict,
  invalidValue,
  PlatformError,
  requiredField,
  versionMismatch,
} from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { UserRecord } from "./records.ts";

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
const states = ["active", "inactive", "deleted"] as const;
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
const patchFields = fieldNames<Models.UpdateUser>({
  id: true,
  name: true,
  chat: true,
  department: true,
  email: true,
  primaryContactInfo: true,
  addresses: true,
  title: true,
  username: true,
  preferredName: true,
  manager: true,
  images: true,
  version: true,
  profileSkills: true,
  locations: true,
  groups: true,
  state: true,
  acdAutoAnswer: true,
  certifications: true,
  biography: true,
  employerInfo: true,
  selfUri: true,
});
const searchFields = fieldNames<Models.UserSearchRequest>({
  sortOrder: true,
  sortBy: true,
  pageSize: true,
  pageNumber: true,
  sort: true,
  expand: true,
  query: true,
  integrationPresenceSource: true,
  enforcePermissions: true,
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
          dateCreated: "",
          dateModified: "",
          createdBy: "",
          modifiedBy: "",
        },
        call.by,
      );
      return { status: 200, body: toUser(call, user) };
    },
  },
  [`POST ${path}/search`]: {
    permissions: anyOf("directory:user:view"),
    run: (call) => ({ status: 200, body: search(call) }),
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
    run: (call) => ({ status: 200, body: toUser(call, patch(call)) }),
  },
  [`DELETE ${path}/{userId}`]: {
    permissions: anyOf("admin", "directory:user:delete", "directory:organization:admin"),
    run: (call) => {
      const user = existing(call);
      if (user.state === "deleted") throw userNotFound(user.id);
      call.world.users.edit(user.id, { state: "deleted" }, call.by);
      return { status: 200, body: {} };
    },
  },
  [`POST ${path}/{userId}/password`]: {
    permissions: anyOf("directory:user:setPassword"),
    run: (call) => {
      const user = existing(call);
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

const userNotFound = (userId: string): PlatformError =>
  new PlatformError(404, "general.resource.not.found", "Unable to find a user with that userId", {
    entityId: userId,
  });

const existing = (call: ApiCall): UserRecord => {
  const user = call.world.users.get(call.param("userId"));
  if (user === undefined) throw userNotFound(call.param("userId"));
  return user;
};

const readEmail = (email: string): string => {
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidValue("email", email, "an e-mail address");
  return email;
};

const refuseTakenEmail = (call: ApiCall, email: string, ownId: string | undefined): void => {
  const taken = call.world.users.find(
    (user) => user.email.toLowerCase() === email.toLowerCase() && user.id !== ownId,
  );
  if (taken !== undefined) throw conflict(`A user with the email ${email} already exists.`);
};

const readText = (fields: Fields): Pick<UserRecord, "department" | "title"> => {
  const [department, title] = [fields.string("department"), fields.string("title")];
  return {
    ...(department === undefined ? {} : { department }),
    ...(title === undefined ? {} : { title }),
  };
};

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

const patch = (call: ApiCall): UserRecord => {
  const user = existing(call);
  const fields = fieldsOf(call, patchFields);
  const version = fields.integer("version");
  if (version === undefined) throw requiredField("version");
  if (version !== user.version) throw versionMismatch(call.switches.versionMismatchStatus, "user");
  const state = fields.oneOf("state", states);
  if (state !== undefined) {
    const others = Object.keys(fields.except(["state", "version", "id", "selfUri"]));
    if (others.length > 0) {
      throw badRequest(
        `The state of a user cannot be changed together with other fields: ${others.join(", ")}.`,
      );
    }
    return call.world.users.edit(user.id, { state }, call.by);
  }
  if (user.state === "deleted") throw userNotFound(user.id);
  const email = fields.string("email");
  if (email !== undefined) refuseTakenEmail(call, readEmail(email), user.id);
  const name = fields.has("name") ? fields.requiredString("name") : undefined;
  const addresses = fields.list("addresses") as Models.Contact[] | undefined;
  const own = ["id", "selfUri", "version", "state", "name", "email", "department", "title", "addresses"];
  return call.world.users.edit(
    user.id,
    {
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(addresses === undefined ? {} : { addresses }),
      ...readText(fields),
      other: { ...user.other, ...fields.except(own) },
    },
    call.by,
  );
};

const search = (call: ApiCall): Models.UsersSearchResponse => {
  const fields = fieldsOf(call, searchFields);
  const pageSize = fields.integer("pageSize") ?? 25;
  const pageNumber = fields.integer("pageNumber") ?? 1;
  if (pageSize < 1 || pageSize > 100) throw invalidValue("pageSize", pageSize, "1..100");
  const criteria = fields.objects("query") ?? [];
  const asksForState = criteria.some((criterion) => criterion.strings("fields")?.includes("state"));
  const users = call.world.users
    .list()
    .filter((user) => asksForState || user.state === "active")
    .filter((user) => criteria.every((criterion) => matches(user, criterion)));
  return {
    total: users.length,
    pageCount: Math.ceil(users.length / pageSize),
    pageSize,
    pageNumber,
    types: ["users"],
    results: users
      .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
      .map((user) => toUser(call, user)),
  };
};

const matches = (user: UserRecord, criterion: Fields): boolean => {
  const type = criterion.requiredString("type");
  if (criterion.has("operator") || criterion.has("group")) {
    throw badRequest("The simulator takes only criteria that are joined by AND.");
  }
  const wanted = [
    ...(criterion.strings("values") ?? []),
    ...(criterion.string("value") === undefined ? [] : [criterion.string("value") ?? ""]),
  ].map((value) => value.toLowerCase());
  const searchable: Record<string, string | undefined> = {
    id: user.id,
    name: user.name,
    email: user.email,
    username: user.email,
    state: user.state,
    department: user.department,
    title: user.title,
  };
  return (criterion.strings("fields") ?? []).some((field) => {
    if (!(field in searchable)) throw badRequest(`The simulator cannot search the field ${field}.`);
    const value = (searchable[field] ?? "").toLowerCase();
    switch (type) {
      case "EXACT":
      case "TERM":
      case "TERMS":
        return wanted.includes(value);
      case "STARTS_WITH":
        return wanted.some((text) => value.startsWith(text));
      case "CONTAINS":
        return wanted.some((text) => value.includes(text));
      default:
        throw badRequest(`The simulator does not know the search type ${type}.`);
    }
  });
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
