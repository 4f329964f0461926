import type { components } from "@octokit/openapi-types";
import type { Alert, CommitLocation } from "./alerts.ts";
import { actor, organizationOf } from "./people.ts";
import { apiUrl, siteUrl } from "./places.ts";
import type { Repository } from "./repositories.ts";
import { repositoryOf, simpleRepository } from "./repository-shapes.ts";
import type { Switches } from "./switches.ts";
import { iso } from "./times.ts";

type Schemas = components["schemas"];
type RestAlert = Schemas["secret-scanning-alert"];
type WebhookAlert = Schemas["secret-scanning-alert-webhook"];

const who = (login: string | undefined) => (login === undefined ? null : actor(login));

/** What nobody has documented: how an alert names its custom pattern. */
const secretTypeOf = ({ pattern }: Alert, { secretType }: Switches): string =>
  ({ slug: pattern.slug, tokenType: pattern.tokenType, name: pattern.name })[secretType];

/** What webhooks and answers have in common. */
const alertOf = (alert: Alert, switches: Switches) => {
  const { number, repository, bypass } = alert;
  const url = `${apiUrl}/repos/${repository.fullName}/secret-scanning/alerts/${number}`;
  return {
    number,
    created_at: iso(alert.createdAt),
    updated_at: iso(alert.updatedAt),
    url,
    html_url: `${siteUrl}/${repository.fullName}/security/secret-scanning/${number}`,
    locations_url: `${url}/locations`,
    resolved_at: alert.resolvedAt === undefined ? null : iso(alert.resolvedAt),
    resolved_by: who(alert.resolvedBy),
    resolution_comment: alert.resolutionComment,
    secret_type: secretTypeOf(alert, switches),
    secret_type_display_name: alert.pattern.name,
    provider: null,
    provider_slug: null,
    validity: alert.validity,
    push_protection_bypassed: bypass !== undefined,
    push_protection_bypassed_by: who(bypass?.by),
    push_protection_bypassed_at: bypass === undefined ? null : iso(bypass.at),
    push_protection_bypass_request_reviewer: null,
    push_protection_bypass_request_reviewer_comment: null,
    push_protection_bypass_request_comment: null,
    push_protection_bypass_request_html_url: null,
    publicly_leaked: alert.publiclyLeaked,
    multi_repo: alert.multiRepo,
    assigned_to: who(alert.assignee),
    closure_request_comment: null,
    closure_request_reviewer_comment: null,
    closure_request_reviewer: null,
  } satisfies RestAlert & WebhookAlert;
};

/** As the API shows it. The schema leaves out two resolutions that its own filter takes. */
export const restAlert = (alert: Alert, switches: Switches, hidesSecret: boolean): RestAlert => {
  const [first] = alert.locations;
  return {
    ...alertOf(alert, switches),
    state: alert.state,
    resolution: alert.resolution as Exclude<RestAlert["resolution"], undefined>,
    ...(hidesSecret ? {} : { secret: alert.secret }),
    is_base64_encoded: false,
    first_location_detected: first ?? null,
    has_more_locations: alert.locations.length > 1,
  };
};

export const organizationAlert = (
  alert: Alert,
  switches: Switches,
  hidesSecret: boolean,
): Schemas["organization-secret-scanning-alert"] => ({
  ...restAlert(alert, switches, hidesSecret),
  repository: simpleRepository(alert.repository),
});

export const locationOf = (details: CommitLocation): Schemas["secret-scanning-location"] => ({
  type: "commit",
  details,
});

/** As webhooks show it: no secret, no location, and no state but the resolution. */
const webhookAlert = (alert: Alert, switches: Switches): WebhookAlert => ({
  ...alertOf(alert, switches),
  resolution: alert.resolution,
  secret_category: "default",
  metadata: [],
});

const around = ({ repository }: { repository: Repository }) => ({
  repository: repositoryOf(repository),
  organization: organizationOf(repository.owner),
});

type AlertEvent =
  | Schemas["webhook-secret-scanning-alert-created"]
  | Schemas["webhook-secret-scanning-alert-reopened"]
  | Schemas["webhook-secret-scanning-alert-resolved"]
  | Schemas["webhook-secret-scanning-alert-validated"]
  | Schemas["webhook-secret-scanning-alert-publicly-leaked"]
  | Schemas["webhook-secret-scanning-alert-assigned"]
  | Schemas["webhook-secret-scanning-alert-unassigned"];

export const alertEvent = (
  alert: Alert,
  action: AlertEvent["action"],
  sender: string | undefined,
  switches: Switches,
): AlertEvent => ({
  action,
  alert: webhookAlert(alert, switches),
  ...around(alert),
  ...(sender === undefined ? {} : { sender: actor(sender) }),
});

/** GitHub's schema wants a sender here; for what nobody did it is GitHub itself. */
export const locationEvent = (
  alert: Alert,
  location: CommitLocation,
  switches: Switches,
): Schemas["webhook-secret-scanning-alert-location-created"] => ({
  action: "created",
  alert: webhookAlert(alert, switches),
  location: locationOf(location),
  ...around(alert),
  sender: actor("github"),
});

export const scanEvent = (
  repository: Repository,
  pattern: { name: string; scope: "repository" | "organization" },
  startedAt: number,
  completedAt: number,
): Schemas["webhook-secret-scanning-scan-completed"] => ({
  action: "completed",
  type: "custom-pattern-backfill",
  source: "git",
  started_at: iso(startedAt),
  completed_at: iso(completedAt),
  secret_types: [],
  custom_pattern_name: pattern.name,
  custom_pattern_scope: pattern.scope,
  ...around({ repository }),
});
