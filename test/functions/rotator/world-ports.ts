import { createGenesysApi } from "../../../apis/genesys/create.ts";
import type { Secret } from "../../../apis/http/secret.ts";
import type { PortCall, PortHooks } from "../../../sandbox/aws/ports/caller.ts";
import type { GenesysOrganisation } from "../../../sandbox/genesys/index.ts";
import type { World } from "./world.ts";

const origin = "https://genesys.test";

/** One call that a function makes of the world outside. */
export type OutsideCall = Pick<PortCall, "operation" | "target"> & { service: PortCall["port"] | "genesys" };

/** Throws where a test has a function die. */
export interface Interference {
  before?(call: OutsideCall): void;
  after?(call: OutsideCall): void;
  /** The process is gone, whatever the handler still does. */
  isDead?(): boolean;
}

/** The functions' ports, every call of which a test may meet. */
export const portsOf = (world: World) => {
  const clock = {
    now: () => world.now + world.skewSeconds * 1000,
    sleep: async (milliseconds: number) => {
      world.now += milliseconds;
    },
  };
  const meet = (when: "before" | "after", call: OutsideCall): void => world.interference[when]?.(call);
  const hooks: PortHooks = {
    before: ({ port: service, operation, target }) => {
      world.calls.push({ service, operation, target });
      meet("before", { service, operation, target });
    },
    after: ({ port: service, operation, target }) => meet("after", { service, operation, target }),
  };
  const attempt = world.genesys.connect({ baseUrl: origin, timeoutMilliseconds: 30_000, connections: 8 });
  const connect: GenesysOrganisation["connect"] = () => async (call, headers) => {
    const outside: OutsideCall = {
      service: "genesys",
      operation: `${call.method} ${call.route}`,
      target: call.object,
    };
    world.calls.push(outside);
    meet("before", outside);
    const outcome = await attempt(call, headers);
    meet("after", outside);
    return outcome;
  };
  return {
    ...world.aws.portsFor("unrestricted", { clock, ...hooks }),
    platform: {
      as: ({ clientId, clientSecret }: { clientId: string; clientSecret: Secret }) =>
        createGenesysApi({
          settings: { apiUrl: origin, loginUrl: origin, clientId, clientSecret },
          transport: { connect, now: clock.now, sleep: clock.sleep, random: () => 0 },
        }),
    },
  };
};
