import type { Models } from "purecloud-platform-client-v2";
import { badRequest, invalidValue } from "./errors.ts";
import { type Fields, fieldNames, fieldsOf } from "./fields.ts";
import type { ApiCall } from "./platform.ts";
import type { UserRecord } from "./records.ts";

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
/** The answer to a search, but for the shape of its users. */
export const searchUsers = (
  call: ApiCall,
): { page: Omit<Models.UsersSearchResponse, "results">; users: UserRecord[] } => {
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
    page: {
      total: users.length,
      pageCount: Math.ceil(users.length / pageSize),
      pageSize,
      pageNumber,
      types: ["users"],
    },
    users: users.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
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
