import type { Rule } from "./rule.ts";

const url = "https://help.mypurecloud.com/articles/introduction-to-scopes/";

const areas: Record<string, string> = {
  authorization: "it grants roles and changes divisions",
  billing: "it spends the organisation's money",
  gdpr: "it exports or erases personal data",
  groups: "it changes who belongs to a group and so holds its roles",
  "identity-providers": "it changes who may sign in",
  infrastructureascode: "it changes every kind of configuration",
  integrations: "it makes the platform call outside systems",
  oauth: "it creates and changes credentials",
  organization: "it administers the organisation",
  "organization-authorization": "it opens the organisation to others",
  "process-automation": "it starts workflows on events",
  scim: "it creates and changes users",
  users: "it creates users and sets their passwords",
};

/** Administrative even to read. */
const readable: Record<string, string> = {
  audits: "it reads the record in which an intruder would be seen",
};

const suffix = ":readonly";

/**
 * The reason why an OAuth scope, `AREA` or `AREA:readonly`, is administrative. A scope with a `*`, or an empty one,
 * counts as every scope.
 */
export const administrativeScope = (scope: string): Rule | undefined => {
  const text = scope.trim().toLowerCase();
  if (text === "" || text.includes("*"))
    return { pattern: "*", reason: "a wildcard grants what administers as well", url };
  const readonly = text.endsWith(suffix);
  const area = readonly ? text.slice(0, -suffix.length) : text;
  const reason = new Map(Object.entries(readonly ? readable : { ...areas, ...readable })).get(area);
  return reason === undefined ? undefined : { pattern: text, reason, url };
};

export const isAdministrativeScope = (scope: string): boolean => administrativeScope(scope) !== undefined;
