import type { components } from "@octokit/openapi-types";
import type { Call } from "../http/call.ts";
import { InvalidRequestError } from "../http/errors.ts";
import { Secret } from "../http/secret.ts";
import { alertLocation } from "./alert-location.ts";
import { incomplete } from "./incomplete.ts";
import type { GithubLeakApi, LeakAlert } from "./leak-api.ts";
import { allPages } from "./pages.ts";
import { repositoryParams } from "./repository.ts";
import type { Session } from "./session.ts";

type WireAlert = components["schemas"]["secret-scanning-alert"];
type WireOrganizationAlert = components["schemas"]["organization-secret-scanning-alert"];
type WireLocation = components["schemas"]["secret-scanning-location"];

/** Every field is optional in GitHub's schema. */
const alertOf = (wire: WireAlert, call: Call): LeakAlert => {
  const createdAt = Date.parse(wire.created_at ?? "");
  if (wire.number === undefined) throw incomplete(call, "number");
  if (Number.isNaN(createdAt)) throw incomplete(call, "created_at");
  const first = wire.first_location_detected ?? undefined;
  return {
    number: wire.number,
    url: wire.html_url ?? "",
    state: wire.state === "resolved" ? "resolved" : "open",
    secretType: wire.secret_type ?? "",
    secretTypeDisplayName: wire.secret_type_display_name ?? "",
    createdAt,
    ...(first === undefined ? {} : { firstLocation: alertLocation(first) }),
    // Unsaid, there may be more.
    hasMoreLocations: wire.has_more_locations ?? true,
  };
};

/** Text without a colon: with one it is the credentials of a Basic header, which are base64 by nature and stay so. */
const secretText = /^[\x20-\x39\x3b-\x7e\r\n\t]+$/;

/**
 * The secret itself where GitHub marks it as base64. Whether `secret` then holds the base64 or what was in it, it does
 * not say: what decodes to no text was no base64 of a secret.
 */
const plain = (secret: string, isBase64: boolean): string => {
  if (!isBase64) return secret;
  const decoded = Buffer.from(secret, "base64").toString("latin1");
  return secretText.test(decoded) ? decoded : secret;
};

const route = "/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}";

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning */
export const alerts = (
  session: Session,
): Pick<GithubLeakApi, "alert" | "locations" | "resolve" | "setValidity" | "openAlerts"> => {
  const about = (repository: string, number: number) => ({
    route,
    params: { ...repositoryParams(repository), alert_number: number },
    object: `alert ${number} of repository ${repository}`,
  });

  const isResolved = async (repository: string, number: number): Promise<boolean> => {
    const query = { hide_secret: true };
    const { body } = await session.call({ method: "GET", ...about(repository, number), query });
    return ((body ?? {}) as WireAlert).state === "resolved";
  };

  return {
    alert: async (repository, number) => {
      const call: Call = { method: "GET", ...about(repository, number) };
      const wire = ((await session.call(call)).body ?? {}) as WireAlert;
      if (wire.secret === undefined) throw incomplete(call, "secret");
      const secret = new Secret(plain(wire.secret, wire.is_base64_encoded === true));
      return { ...alertOf(wire, call), secret };
    },
    locations: async (repository, number) => {
      const call = { ...about(repository, number), method: "GET", route: `${route}/locations` } as const;
      const listed = await allPages<WireLocation>(session, call);
      return listed.map(({ type, details = {} }) => alertLocation(details, type));
    },
    resolve: async (repository, number, { resolution, comment }) => {
      try {
        await session.call({
          method: "PATCH",
          ...about(repository, number),
          body: { state: "resolved", resolution, resolution_comment: comment },
          effect: "idempotent",
        });
      } catch (error) {
        // 400 is also GitHub's word for an alert that is resolved just so already.
        const isRefused = error instanceof InvalidRequestError && error.status === 400;
        if (!isRefused || !(await isResolved(repository, number))) throw error;
      }
    },
    setValidity: async (repository, number, validity) => {
      await session.call({
        method: "PATCH",
        ...about(repository, number),
        body: { validity },
        effect: "idempotent",
      });
    },
    openAlerts: async (organization) => {
      const call: Call = {
        method: "GET",
        route: "/orgs/{org}/secret-scanning/alerts",
        params: { org: organization },
        query: { state: "open", hide_secret: true },
        object: `open alerts of organisation ${organization}`,
      };
      const listed = await allPages<WireOrganizationAlert>(session, call);
      return listed.map((wire) => {
        if (wire.repository === undefined) throw incomplete(call, "repository");
        return { ...alertOf(wire, call), repository: wire.repository.full_name };
      });
    },
  };
};
