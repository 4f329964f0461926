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
import type { ApiCall } from "./platform.ts";
import type { UserRecord } from "./records.ts";

export const states = ["active", "inactive", "deleted"] as const;
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
/** Carries out a PATCH. */
export const patchUser = (call: ApiCall): UserRecord => {
  const user = existingUser(call);
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

export const userNotFound = (userId: string): PlatformError =>
  new PlatformError(404, "general.resource.not.found", "Unable to find a user with that userId", {
    entityId: userId,
  });

export const existingUser = (call: ApiCall): UserRecord => {
  const user = call.world.users.get(call.param("userId"));
  if (user === undefined) throw userNotFound(call.param("userId"));
  return user;
};

export const readEmail = (email: string): string => {
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalidValue("email", email, "an e-mail address");
  return email;
};

export const refuseTakenEmail = (call: ApiCall, email: string, ownId: string | undefined): void => {
  const taken = call.world.users.find(
    (user) => user.email.toLowerCase() === email.toLowerCase() && user.id !== ownId,
  );
  if (taken !== undefined) throw conflict(`A user with the email ${email} already exists.`);
};

export const readText = (fields: Fields): Pick<UserRecord, "department" | "title"> => {
  const [department, title] = [fields.string("department"), fields.string("title")];
  return {
    ...(department === undefined ? {} : { department }),
    ...(title === undefined ? {} : { title }),
  };
};
