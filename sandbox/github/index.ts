/**
 * GitHub's secret scanning on this machine: custom patterns and push protection. One file a family of endpoints;
 * a new family (alerts, locations, blobs, hooks) is a file like `custom-patterns.ts` and a line below.
 *
 * State of 2026-11-21, API version 2026-03-10.
 * - By design: dry run, publish and every other click of a person are methods of `world`, because GitHub has no
 *   endpoint for them. What is undocumented is a switch (`switches.ts`).
 * - Gaps: enterprise scope; the API version header; `before` and `after` cursors; provider patterns; the content of
 *   alerts (they are counted); Hyperscan itself (the dialect check knows the constructs that are refused, and
 *   matches nothing).
 * - Of clients: axios sends a DELETE body only as `config.data`; curl and axios send a User-Agent, bare sockets do not.
 */
import { randomBytes } from "node:crypto";
import type { Scope } from "../../apis/github/api.ts";
import { type Handler, type SimulatedRequest, type Simulator, startSimulator } from "../http/server.ts";
import { Access, type RateLimit, type TokenAccess } from "./access.ts";
import { basicError, notFound, Refusal } from "./answers.ts";
import { customPatterns } from "./custom-patterns.ts";
import type { Endpoint, Family } from "./family.ts";
import { patternConfigurations } from "./pattern-configurations.ts";
import { assumedSwitches, type Switches } from "./switches.ts";
import { World } from "./world.ts";

export type { RateLimit, TokenAccess } from "./access.ts";
export type { AlertCount } from "./alerts.ts";
export { assumedSwitches, type Switches } from "./switches.ts";
export type { PatternContent, StoredPattern, World } from "./world.ts";

export interface GithubOptions {
  /** Default: any free port. */
  port?: number;
  /** What to answer where GitHub documents nothing. Default: `assumedSwitches`. */
  switches?: Partial<Switches>;
  /** GitHub's own limits by default; `false` lifts them. */
  rateLimit?: RateLimit | false;
  /** Default: `example-org`. */
  organizations?: string[];
  /** `owner/name`. Default: `example-org/example-repo`. */
  repositories?: string[];
  /** The clock, in milliseconds since 1970. Default: the machine's. */
  now?: () => number;
}

export interface GithubSimulator extends Simulator {
  world: World;
  /** A token that may do everything; made at the start. */
  token: string;
  issueToken(access: TokenAccess): string;
  revokeToken(token: string): void;
  /** Points a client at the simulator. */
  environment(): { GITHUB_TOKEN: string; GITHUB_API_URL: string };
}

const scopeOf = ({ params }: SimulatedRequest): Scope =>
  params.org === undefined ? { repository: `${params.owner}/${params.repo}` } : { organization: params.org };

/** Starts GitHub on loopback. */
export async function startGithub(options: GithubOptions = {}): Promise<GithubSimulator> {
  const switches = { ...assumedSwitches, ...options.switches };
  const now = options.now ?? Date.now;
  const world = new World(
    options.organizations ?? ["example-org"],
    options.repositories ?? ["example-org/example-repo"],
    { switches, now },
  );
  const access = new Access(options.rateLimit ?? {}, now);

  const handler =
    ({ needs, permission, answer }: Endpoint): Handler =>
    (request) => {
      const headers: Record<string, string> = {
        "x-github-request-id": randomBytes(8).toString("hex").toUpperCase(),
        "x-accepted-github-permissions": `${permission}=${needs}`,
      };
      try {
        Object.assign(headers, access.admit(request, needs));
        const scope = world.scope(scopeOf(request));
        if (scope === undefined) throw notFound();
        if (!scope.secretScanning) throw new Refusal(404, "Secret scanning is disabled on this repository.");
        const response = answer(request, scope);
        return { ...response, headers: { ...headers, ...response.headers } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ...error.response, headers: { ...headers, ...error.response.headers } };
      }
    };
  const families: Family = { ...customPatterns(world, switches), ...patternConfigurations(world, switches) };

  const simulator = await startSimulator({
    routes: Object.fromEntries(Object.entries(families).map(([route, each]) => [route, handler(each)])),
    notFound: () => notFound().response,
    faultBody: (status) => basicError(status, status === 429 ? "API rate limit exceeded" : "Server Error"),
    ...(options.port !== undefined && { port: options.port }),
  });
  const token = access.issueToken("write");
  return {
    ...simulator,
    world,
    token,
    issueToken: (granted) => access.issueToken(granted),
    revokeToken: (revoked) => access.revokeToken(revoked),
    environment: () => ({ GITHUB_TOKEN: token, GITHUB_API_URL: simulator.url }),
  };
}
