import type { Rule, Source } from "./rule.ts";

/** The platform's own list of administrative permissions, which it calls incomplete. */
const mfa: Source = {
  reason: "the platform counts it as administrative and asks its holders for MFA",
  url: "https://help.mypurecloud.com/?p=402938",
};

const byReach = (reason: string): Source => ({
  reason,
  url: "https://github.com/MyPureCloud/platform-client-sdk-javascript/tree/master/build/docs",
});

const rules: readonly (readonly [source: Source, ...permissions: string[]])[] = [
  [
    mfa,
    "authorization:division:add|edit|delete",
    "authorization:grant:add|edit|delete",
    "authorization:orgTrustee:add|edit|delete",
    "authorization:orgTrusteeUser:add|edit|delete",
    "authorization:orgTrusteeGroup:add|edit|delete",
    "authorization:policy:add|edit|delete",
    "authorization:role:add|edit|delete",
    "authorization:settings:edit",
  ],
  [byReach("it administers the organisation"), "directory:organization:admin"],
  [
    byReach("it creates or takes over users and groups"),
    "directory:user:add|edit|delete|setPassword",
    "directory:group:*",
  ],
  [
    byReach("it creates, changes or kills credentials"),
    "oauth:client:add|edit|delete|authorize",
    "oauth:token:delete",
    "sso:provider:*",
    "mfa:verifier:*",
  ],
  [
    byReach("it makes the platform call outside systems"),
    "integrations:integration:add|edit|delete",
    "integrations:action:add|edit|delete|execute",
    "processautomation:trigger:*",
  ],
  [
    byReach("it exports, uncovers or erases personal data"),
    "gdpr:request:add",
    "recording:encryptionKey:edit",
    "externalContacts:export:*",
  ],
  [byReach("it spends the organisation's money"), "billing:subscription:*"],
  [byReach("it reads the record in which an intruder would be seen"), "audits:*:*"],
];

/** `a:b:c|d` as a regular expression; a `*` stands for any one word. */
const expression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[^:]+/g, (part) => (part === "*" ? "[^:]+" : `(?:${part})`))}$`, "i");

const denyList = rules.flatMap(([source, ...patterns]) =>
  patterns.map((pattern) => ({ rule: { pattern, ...source }, expression: expression(pattern) })),
);

const fullPermission = /^[^:*]+:[^:*]+:[^:*]+$/;

const everything: Rule = { pattern: "*", ...byReach("a wildcard grants what administers as well") };

/**
 * The rule of the deny list under which a permission `domain:entity:action` is administrative. What has a `*` in
 * any place, or is no full permission (such as the legacy `admin`), counts as a wildcard.
 */
export const administrativePermission = (permission: string): Rule | undefined => {
  const text = permission.trim();
  if (!fullPermission.test(text)) return everything;
  return denyList.find((denied) => denied.expression.test(text))?.rule;
};

export const isAdministrativePermission = (permission: string): boolean =>
  administrativePermission(permission) !== undefined;
