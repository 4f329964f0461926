import type { AlertId } from "./alert-case.ts";
import type { LeakDeclarations } from "./declarations.ts";
import { isCount, isFields, isText } from "./fields.ts";

/** Why an alert is looked at. */
export type LookReason =
  /** GitHub says so. */
  | "created"
  | "reopened"
  | "publiclyLeaked"
  | "newLocation"
  /** An earlier look had no answer. */
  | "lookAgain"
  /** Nobody had told us, or what was begun had not been finished. */
  | "sweep"
  /** A person has decided. */
  | "release";

/** What becomes of a webhook. */
export type Receipt =
  | { kind: "take"; alert: AlertId; reason: LookReason }
  /** GitHub tries the hook out. */
  | { kind: "ping" }
  | {
      kind: "ignore";
      because: "otherEvent" | "otherAction" | "otherPattern" | "malformed";
    };

/**
 * Events and their actions that tell of a leak. Whatever else happens to an alert (it is resolved, assigned,
 * validated, its pattern is edited) is the work of people or of ourselves.
 *
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#secret_scanning_alert
 */
const reasons: Readonly<Record<string, Readonly<Record<string, LookReason>>>> = {
  secret_scanning_alert: {
    created: "created",
    reopened: "reopened",
    publicly_leaked: "publiclyLeaked",
  },
  secret_scanning_alert_location: { created: "newLocation" },
};

const own = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

/**
 * The declared pattern that found the secret. Nobody has documented what the secret type of a custom pattern's alert
 * looks like: its slug or its name, either tells.
 */
export const patternOf = (
  alert: { secretType?: string; secretTypeDisplayName?: string },
  patterns: LeakDeclarations["patterns"],
): LeakDeclarations["patterns"][number] | undefined => {
  const said = [alert.secretType, alert.secretTypeDisplayName];
  return patterns.find(
    ({ slug, name }) => said.includes(name) || (slug !== undefined && said.includes(slug)),
  );
};

const textOr = (value: unknown): string | undefined => (isText(value) ? value : undefined);

/** Whether the webhook itself says that another pattern found it. One that does not say is looked at. */
const isOfOtherPattern = (
  alert: Readonly<Record<string, unknown>>,
  patterns: LeakDeclarations["patterns"],
) => {
  const secretType = textOr(alert.secret_type);
  const secretTypeDisplayName = textOr(alert.secret_type_display_name);
  if (secretType === undefined && secretTypeDisplayName === undefined) return false;
  const said = {
    ...(secretType === undefined ? {} : { secretType }),
    ...(secretTypeDisplayName === undefined ? {} : { secretTypeDisplayName }),
  };
  return patternOf(said, patterns) === undefined;
};

const fullName = /^[\w.-]{1,100}\/[\w.-]{1,100}$/;

/**
 * What becomes of a webhook with that `X-GitHub-Event` header and that parsed body, whose signature was found good.
 */
export const receipt = (
  event: string,
  body: unknown,
  { patterns }: Pick<LeakDeclarations, "patterns">,
): Receipt => {
  if (event === "ping") return { kind: "ping" };
  const actions = own(reasons, event);
  if (actions === undefined) return { kind: "ignore", because: "otherEvent" };
  if (!isFields(body) || !isText(body.action)) return { kind: "ignore", because: "malformed" };
  const reason = own(actions, body.action);
  if (reason === undefined) return { kind: "ignore", because: "otherAction" };
  const { alert, repository } = body;
  if (!isFields(alert) || !isCount(alert.number) || !isFields(repository))
    return { kind: "ignore", because: "malformed" };
  const { full_name: name } = repository;
  if (!isText(name) || !fullName.test(name)) return { kind: "ignore", because: "malformed" };
  if (isOfOtherPattern(alert, patterns)) return { kind: "ignore", because: "otherPattern" };
  return { kind: "take", alert: { repository: name, number: alert.number }, reason };
};
