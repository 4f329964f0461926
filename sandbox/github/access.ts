import { randomBytes } from "node:crypto";
import type { SimulatedRequest } from "../http/server.ts";
import { issued } from "../secrecy/issued.ts";
import { notFound, Refusal } from "./answers.ts";

/** What a token may do in every scope of the sandbox. GitHub hides what a token of `none` may not see. */
export type TokenAccess = "write" | "read" | "none";

export interface RateLimit {
  /** Default 5000. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
  callsPerHour?: number;
  /** The secondary limit: a read costs 1 point, a write 5. Default 900. */
  pointsPerMinute?: number;
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
  readonly #tokens = new Map<string, TokenAccess>();
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

  issueToken(access: TokenAccess): string {
    const token = issued(`github_pat_${randomBytes(30).toString("hex")}`);
    this.#tokens.set(token, access);
    return token;
  }

  revokeToken(token: string): void {
    this.#tokens.delete(token);
  }

  /** Counts the call and returns the headers that its answer carries; throws the refusal where there is one. */
  admit(request: SimulatedRequest, needs: "read" | "write"): Record<string, string> {
    if (!request.headers["user-agent"])
      throw new Refusal(
        403,
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
      );
    const [, token] = /^(?:bearer|token) (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined) throw new Refusal(401, "Requires authentication");
    const access = this.#tokens.get(token);
    if (access === undefined) throw new Refusal(401, "Bad credentials");
    const headers = this.#count(token, needs);
    if (access === "none") throw notFound();
    if (access === "read" && needs === "write")
      throw new Refusal(403, "Resource not accessible by personal access token", { headers });
    return headers;
  }

  #count(token: string, needs: "read" | "write"): Record<string, string> {
    const now = this.#now();
    const usage = this.#usage.get(token) ?? { hourStart: now, calls: 0, minuteStart: now, points: 0 };
    this.#usage.set(token, usage);
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
