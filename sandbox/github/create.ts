import { randomBytes } from "node:crypto";
import type { Scope } from "../../apis/github/api.ts";
import type { Attempt, Connect } from "../../apis/http/connection.ts";
import type { Timers } from "../aws/agenda.ts";
import { inProcess } from "../genesys/connection.ts";
import { inProcessFetch } from "../genesys/in-process-fetch.ts";
import type { CallLog } from "../http/call-log.ts";
import type { FaultPlan } from "../http/faults.ts";
import {
  createResponder,
  type Handler,
  type Responder,
  type SimulatedRequest,
  type SimulatedResponse,
} from "../http/responder.ts";
import { Access, type RateLimit, type TokenAccess } from "./access.ts";
import { secretScanningAlerts } from "./alert-endpoints.ts";
import { AlertBook } from "./alerts.ts";
import { basicError, notFound, Refusal } from "./answers.ts";
import { createInstallationToken } from "./app-endpoints.ts";
import { customPatterns } from "./custom-patterns.ts";
import { type Deliver, deliverToLoopback } from "./deliver.ts";
import type { Endpoint, Family } from "./family.ts";
import { gitData } from "./git-endpoints.ts";
import { organizationHooks } from "./hook-endpoints.ts";
import { Hooks } from "./hooks.ts";
import { patternConfigurations } from "./pattern-configurations.ts";
import { repositorySettings } from "./repository-settings.ts";
import { assumedSwitches, type Switches } from "./switches.ts";
import { World } from "./world.ts";

export interface GithubOptions {
  /** Default: any free port. For `startGithub` alone. */
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
  /** For late deliveries, and for the end of GitHub's patience. Default: the machine's. */
  timers?: Timers;
  /** How an injected latency passes. Default: on the machine's clock. */
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** How webhooks reach their receivers. Default: HTTP, on this machine alone. */
  deliver?: Deliver;
  /** Bytes of a blob that the API hands out. Default 100 MB. */
  largestBlob?: number;
}

/** GitHub, as it can be called within this process. */
export interface Github {
  world: World;
  /** Live: a test may turn a switch while the simulator runs. */
  switches: Switches;
  /** A token that may do everything; made at the start. */
  token: string;
  issueToken(access: TokenAccess): string;
  revokeToken(token: string): void;
  calls: CallLog;
  faults: FaultPlan;
  responder: Responder;
  /** For `Transport.connect`: the calls of our own client reach the simulator without HTTP. */
  connect: Connect;
  /** `fetch`, whatever the host of the URL. */
  fetch: typeof fetch;
  /** Until every delivery that is under way has ended: a late one only does once its time has come. */
  settled(): Promise<void>;
}

const scopeOf = ({ params }: SimulatedRequest): Scope =>
  params.org === undefined ? { repository: `${params.owner}/${params.repo}` } : { organization: params.org };

/** They keep no process alive. */
const machineTimers = (now: () => number): Timers => ({
  at: (time, run) => {
    const timer = setTimeout(run, time - now()).unref();
    return () => clearTimeout(timer);
  },
});

/** Every refusal as an answer, with the headers that every answer has. */
const refusing =
  (work: (request: SimulatedRequest, headers: Record<string, string>) => SimulatedResponse): Handler =>
  (request) => {
    const headers = { "x-github-request-id": randomBytes(8).toString("hex").toUpperCase() };
    try {
      const response = work(request, headers);
      return { ...response, headers: { ...headers, ...response.headers } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...error.response, headers: { ...headers, ...error.response.headers } };
    }
  };

/** Makes GitHub without a server. */
export const createGithub = (options: GithubOptions = {}): Github => {
  const switches = { ...assumedSwitches, ...options.switches };
  const now = options.now ?? Date.now;
  const hooks = new Hooks({
    deliver: options.deliver ?? deliverToLoopback,
    timers: options.timers ?? machineTimers(now),
    switches,
    now,
  });
  const world = new World({
    organizations: options.organizations ?? ["example-org"],
    repositories: options.repositories ?? ["example-org/example-repo"],
    switches,
    now,
    alerts: new AlertBook(now),
    hooks,
  });
  const access = new Access(options.rateLimit ?? {}, now);

  const handler = (endpoint: Endpoint): Handler =>
    refusing((request, headers) => {
      headers["x-accepted-github-permissions"] = `${endpoint.permission}=${endpoint.needs}`;
      const admitted = access.admit(request, endpoint);
      Object.assign(headers, admitted.headers);
      const scope = world.scope(scopeOf(request));
      if (scope === undefined) throw notFound();
      if (!scope.secretScanning && !endpoint.needsNoScanning)
        throw new Refusal(404, "Secret scanning is disabled on this repository.");
      return endpoint.answer(request, scope, admitted.actor);
    });
  const families: Family = {
    ...customPatterns(world, switches),
    ...patternConfigurations(world, switches),
    ...secretScanningAlerts(world, switches),
    ...gitData(world, options.largestBlob ?? 100_000_000),
    ...organizationHooks(hooks),
    ...repositorySettings(),
  };

  const responder = createResponder({
    routes: {
      ...Object.fromEntries(Object.entries(families).map(([route, each]) => [route, handler(each)])),
      "POST /app/installations/{installation_id}/access_tokens": refusing(
        createInstallationToken(world.apps, access, now),
      ),
    },
    notFound: () => notFound().response,
    faultBody: (status) => basicError(status, status === 429 ? "API rate limit exceeded" : "Server Error"),
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const attempt: Attempt = inProcess(responder);
  return {
    world,
    switches,
    token: access.issueToken("write"),
    issueToken: (granted) => access.issueToken(granted),
    revokeToken: (revoked) => access.revokeToken(revoked),
    calls: responder.calls,
    faults: responder.faults,
    responder,
    connect: () => attempt,
    fetch: inProcessFetch(responder),
    settled: () => hooks.settled(),
  };
};
