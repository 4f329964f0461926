import { randomBytes } from "node:crypto";
import { githubApp } from "../../../apis/github/app.ts";
import { parseAppCredentials } from "../../../apis/github/app-credentials.ts";
import type { GithubLeakApi } from "../../../apis/github/leak-api.ts";
import { Secret } from "../../../apis/http/secret.ts";
import type { NewApp } from "../../../sandbox/github/apps.ts";
import {
  createGithub,
  type Deliver,
  type Github,
  type GithubOptions,
} from "../../../sandbox/github/index.ts";
import { VirtualClock } from "../../../sandbox/runtime/virtual-clock.ts";

export const repository = "example-org/example-repo";
export const receiverUrl = "https://guard.example.com/github";

export const newSecret = (): string => randomBytes(32).toString("base64url");

export const secretPattern = {
  name: "Genesys Cloud OAuth secret",
  pattern: "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]",
  start_delimiter: "secret[ \\t]*=[ \\t]*",
  end_delimiter: "\\z|[^0-9A-Za-z_-]",
};

export interface Received {
  url: string;
  headers: Readonly<Record<string, string>>;
  rawBody: string;
  payload: {
    action?: string;
    alert?: Record<string, unknown>;
    location?: { type: string; details: Record<string, unknown> };
    repository?: { full_name: string };
    [field: string]: unknown;
  };
  at: number;
}

export interface LeakWorld {
  github: Github;
  clock: VirtualClock;
  /** What the receiver got. */
  received: Received[];
  /** The receiver from now on. */
  answer: { next: () => Promise<{ status: number }> };
  /** A call with a token that may do everything. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  addPattern(
    given?: Partial<Record<keyof typeof secretPattern | "must_match" | "must_not_match", unknown>>,
  ): Promise<number>;
  publish(id: number): void;
  installation(app?: Partial<NewApp>): Promise<GithubLeakApi>;
}

/** GitHub within this process, on a clock of its own, and whoever listens to its webhooks. */
export const leakWorld = (options: GithubOptions = {}): LeakWorld => {
  const clock = new VirtualClock({ start: Date.UTC(2026, 8, 1) });
  const received: Received[] = [];
  const answer: LeakWorld["answer"] = { next: async () => ({ status: 202 }) };
  const deliver: Deliver = async (url, headers, rawBody) => {
    received.push({ url, headers, rawBody, payload: JSON.parse(rawBody), at: clock.now() });
    return answer.next();
  };
  const github = createGithub({ now: clock.now, timers: clock, rateLimit: false, deliver, ...options });
  const call: LeakWorld["call"] = (method, path, body, headers) =>
    github.fetch(`https://api.github.com${path}`, {
      method,
      headers: { authorization: `Bearer ${github.token}`, "user-agent": "test", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    github,
    clock,
    received,
    answer,
    call,
    addPattern: async (given = {}) => {
      const answered = await call("POST", "/orgs/example-org/secret-scanning/custom-patterns", {
        patterns: [{ ...secretPattern, ...given }],
      });
      const { created_patterns } = (await answered.json()) as { created_patterns: { id: number }[] };
      return created_patterns[0]?.id ?? 0;
    },
    publish: (id) => {
      github.world.dryRun(id);
      github.world.publish(id);
    },
    installation: async (app = {}) => {
      const installed = github.world.installApp({ organization: "example-org", ...app });
      const credentials = parseAppCredentials(new Secret(JSON.stringify(installed)));
      const transport = { connect: github.connect, now: clock.now, sleep: async () => {} };
      return githubApp(transport, async () => credentials).installation();
    },
  };
};

/** As far as there is one. */
export const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error("The list is empty.");
  return one;
};
