import { randomBytes } from "node:crypto";
import type { SimulatedRequest } from "../http/server.ts";
import { issued } from "../secrecy/issued.ts";
import { notFound, Refusal } from "./answers.ts";
import type { AppPermissions, Installation } from "./apps.ts";

/** What a token may do in every scope of the sandbox. GitHub hides what a token of `none` may not see. */
export type TokenAccess = "write" | "read" | "none";

export interface RateLimit {
  /** Default 5000. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
  callsPerHour?: number;
  /** The secondary limit: a read costs 1 point, a write 5. Default 900. */
  pointsPerMinute?: number;
}

export interface InstallationGrant {
  installation: Installation;
  permissions: AppPermissions;
  repositories: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

type Grant =
  | { kind: "person"; access: TokenAccess; login: string }
  | ({ kind: "installation" } & InstallationGrant);

/** What an endpoint asks of a token. */
export interface Needs {
  needs: "read" | "write";
  /** As `X-Accepted-GitHub-Permissions` spells it. */
  permission: string;
}

export interface Admission {
  /** GitHub login of who calls. */
  actor: string;
  /** For the answer. */
  headers: Record<string, string>;
}

interface Usage {
  hourStart: number;
  calls: number;
  minuteStart: number;
  points: number;
}

const hour = 3_600_000;
const minute = 60_000;
const seconds = (milliseconds: number): string => String(Math.ceil(milliseconds / 1000));

/** Tokens, what they may do, and how often. */
export class Access {
  readonly #tokens = new Map<string, Grant>();
  readonly #usage = new Map<string, Usage>();
  readonly #limits: Required<RateLimit>;
  readonly #now: () => number;

  constructor(limits: RateLimit | false, now: () => number) {
    const unlimited = Number.POSITIVE_INFINITY;
    this.#limits =
      limits === false
        ? { callsPerHour: unlimited, pointsPerMinute: unlimited }
        : { callsPerHour: 5000, pointsPerMinute: 900, ...limits };
    this.#now = now;
  }

  issueToken(access: TokenAccess, login = "octo-admin"): string {
    const token = issued(`github_pat_${randomBytes(30).toString("hex")}`);
    this.#tokens.set(token, { kind: "person", access, login });
    return token;
  }

  issueInstallationToken(grant: InstallationGrant): string {
    for (const [token, other] of this.#tokens) {
      if (other.kind === "person") continue;
      // The oldest come first.
      if (other.expiresAt > this.#now()) break;
      this.revokeToken(token);
    }
    const token = issued(`ghs_${randomBytes(27).toString("base64url")}`);
    this.#tokens.set(token, { kind: "installation", ...grant });
    return token;
  }

  revokeToken(token: string): void {
    this.#tokens.delete(token);
    this.#usage.delete(token);
  }

  /** Counts the call; throws the refusal where there is one. */
  admit(request: SimulatedRequest, { needs, permission }: Needs): Admission {
    if (!request.headers["user-agent"])
      throw new Refusal(
        403,
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
      );
    const [, token] = /^(?:bearer|token) (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined) throw new Refusal(401, "Requires authentication");
    const grant = this.#tokens.get(token);
    if (grant === undefined || (grant.kind === "installation" && grant.expiresAt <= this.#now()))
      throw new Refusal(401, "Bad credentials");
    // The tokens of an installation share its limits.
    const user = grant.kind === "installation" ? `installation ${grant.installation.id}` : token;
    const headers = this.#count(user, needs);
    if (grant.kind === "person") {
      if (grant.access === "none") throw notFound();
      if (grant.access === "read" && needs === "write")
        throw new Refusal(403, "Resource not accessible by personal access token", { headers });
      return { actor: grant.login, headers };
    }
    if (!sees(grant, request.params)) throw notFound();
    const held = grant.permissions[permission];
    if (held !== "write" && held !== needs)
      throw new Refusal(403, "Resource not accessible by integration", { headers });
    return { actor: `${grant.installation.slug}[bot]`, headers };
  }

  #count(user: string, needs: "read" | "write"): Record<string, string> {
    const now = this.#now();
    const usage = this.#usage.get(user) ?? { hourStart: now, calls: 0, minuteStart: now, points: 0 };
    this.#usage.set(user, usage);
    if (now - usage.hourStart >= hour) Object.assign(usage, { hourStart: now, calls: 0 });
    if (now - usage.minuteStart >= minute) Object.assign(usage, { minuteStart: now, points: 0 });
    usage.calls += 1;
    usage.points += needs === "read" ? 1 : 5;

    const limit = this.#limits.callsPerHour;
    const headers: Record<string, string> = Number.isFinite(limit)
      ? {
          "x-ratelimit-limit": String(limit),
          "x-ratelimit-remaining": String(Math.max(limit - usage.calls, 0)),
          "x-ratelimit-used": String(usage.calls),
          "x-ratelimit-reset": seconds(usage.hourStart + hour),
          "x-ratelimit-resource": "core",
        }
      : {};
    if (usage.calls > limit) throw new Refusal(403, "API rate limit exceeded for user ID 1.", { headers });
    if (usage.points > this.#limits.pointsPerMinute)
      throw new Refusal(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        { headers: { ...headers, "retry-after": seconds(usage.minuteStart + minute - now) } },
      );
    return headers;
  }
}

/** An installation knows the organisation that it is in, and no other. */
const sees = (
  { installation, repositories }: InstallationGrant,
  { org, owner, repo }: SimulatedRequest["params"],
): boolean => {
  const isHome = (org ?? owner)?.toLowerCase() === installation.organization.toLowerCase();
  return isHome && (repo === undefined || repositories === undefined || repositories.includes(repo));
};
