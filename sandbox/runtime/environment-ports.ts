import type { Connect } from "../../apis/http/connection.ts";
import { genesysPlatform } from "../../functions/aws/platform.ts";
import { hurry } from "../../functions/aws/revoke-ports.ts";
import type { Clock, Log, Metrics, RevokerPorts, RotatorPorts } from "../../functions/ports.ts";
import type { MemoryAws } from "../aws/memory.ts";
import type { CallerPolicy } from "../aws/ports/caller.ts";
import type { GenesysOrganisation } from "../genesys/index.ts";
import { never } from "./invocation.ts";
import type { Environment } from "./lambda.ts";
import { connectWithMishaps, type Mishaps, type OutsideService, portHooks } from "./mishaps.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What the clients of further services are made with in one environment. */
export interface ServiceAccess {
  clock: Clock;
  random: () => number;
  /** The service as this environment reaches it, with its mishaps. */
  reach(service: OutsideService, connect: Connect): Connect;
}

export type Services = Pick<RevokerPorts, "github" | "slack" | "siem">;

export type HostedPorts = RotatorPorts & RevokerPorts;

export interface PortsOptions {
  clock: VirtualClock;
  aws: MemoryAws;
  genesys: Pick<GenesysOrganisation, "connect">;
  /** The rights of the function. */
  policy: CallerPolicy;
  mishaps: Mishaps;
  log: Log;
  metrics: Metrics;
  /** How far the functions' clocks are ahead of the world's. */
  skewMilliseconds: number;
  /** Default: none of them can be reached. */
  services?(access: ServiceAccess): Services;
}

const unreachable = async (): Promise<never> => {
  throw new Error("This world has no such service.");
};

const noServices: Services = {
  github: { installation: unreachable },
  slack: { userByEmail: unreachable, post: unreachable },
  siem: { send: unreachable },
};

const origin = "https://genesys.sandbox.test";

/** What one environment of a function sees of the world: nothing any more once its call is over. */
export const environmentPorts = (environment: Environment, options: PortsOptions): HostedPorts => {
  const { clock: world, aws, genesys, policy, mishaps, skewMilliseconds } = options;
  const clock: Clock = {
    now: () => world.now() + skewMilliseconds,
    sleep: async (milliseconds) => {
      const { invocation } = environment;
      await world.sleep(milliseconds);
      if (invocation.isOver) await never();
    },
  };
  const ports = aws.portsFor(policy, { clock, ...portHooks(environment, world, mishaps) });
  const connect = connectWithMishaps(environment, world, mishaps, genesys.connect);
  const access: ServiceAccess = {
    clock,
    random: world.random,
    reach: (service, to) => connectWithMishaps(environment, world, mishaps, to, service),
  };
  return {
    ...ports,
    ...(options.services?.(access) ?? noServices),
    clock,
    log: options.log,
    metrics: options.metrics,
    platform: genesysPlatform({
      environment: { GENESYSCLOUD_API_URL: origin, GENESYSCLOUD_LOGIN_URL: origin },
      connect,
      transport: {
        ...(environment.name === "revoke" ? hurry : {}),
        now: clock.now,
        sleep: clock.sleep,
        random: world.random,
      },
    }),
  };
};
