import { spaceCamelCase } from "../camel-case.ts";
import type { Rule } from "./rule.ts";

const url = "https://help.mypurecloud.com/articles/about-roles-permissions/";

/** Default roles of the platform that administer it, in lower case. */
export const administrativeRoleNames: readonly string[] = ["admin", "master admin", "people admin"];

const administers = /(?:^|[^a-z])(?:admins?|administrators?|superusers?)(?![a-z])/;

/**
 * The reason why a role is administrative by its name alone: a default role that is, or a name that says so. Case,
 * blanks, dashes and underscores make no difference. What the role really holds, only its permissions tell.
 */
export const administrativeRoleName = (name: string): Rule | undefined => {
  const text = spaceCamelCase(name)
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();
  if (administrativeRoleNames.includes(text))
    return { pattern: text, reason: "it is a default role of the platform that administers it", url };
  const word = administers.exec(text)?.[0].trim();
  return word === undefined
    ? undefined
    : { pattern: word, reason: `its name says that it administers ("${word}")`, url };
};

export const isAdministrativeRoleName = (name: string): boolean => administrativeRoleName(name) !== undefined;
