/**
 * An AWS account on this machine into which `guard --bind` deploys a stack. What a program needs to see happen does:
 * rotation schedules and one-shots fire, queues feed functions, functions are hosted with their roles' rights. The
 * rest is recorded with its inputs (`registry.recordedTypes` lists it).
 */
import { join } from "node:path";
import { type AwsServer, serveAws } from "../aws/http/index.ts";
import type { GenesysOrganisation } from "../genesys/index.ts";
import type { VirtualClock } from "../runtime/virtual-clock.ts";
import { Cloud } from "./cloud.ts";
import { Registry } from "./registry.ts";
import { serveBindings } from "./server.ts";

export { OwnTime } from "./own-time.ts";
export type { RegisteredResource } from "./registry.ts";

export interface CloudSimulatorOptions {
  clock: VirtualClock;
  genesys: Pick<GenesysOrganisation, "connect">;
  /** Where Secrets Manager and DynamoDB are reached over HTTP. Default `us-east-1`. */
  region?: string;
}

export interface CloudSimulator {
  cloud: Cloud;
  registry: Registry;
  /** Secrets Manager and DynamoDB of the region over HTTP, for processes with this machine's time. */
  aws: AwsServer;
  /** The same, for callers in this process whose time is the virtual clock's. */
  awsOnVirtualTime: AwsServer;
  /** What points the Pulumi program, our providers and `guard --bind` at this account. */
  environment(): Record<string, string>;
  /** The flags of `guard` that bind the packages of plugins. */
  bindFlags: readonly string[];
  close(): Promise<void>;
}

const host = join(import.meta.dirname, "host.ts");

export const startCloud = async (options: CloudSimulatorOptions): Promise<CloudSimulator> => {
  const { clock, genesys, region: name = "us-east-1" } = options;
  const cloud = new Cloud({ clock, connect: genesys.connect });
  const registry = new Registry(cloud);
  const region = cloud.region(name);
  const { secretsManager, schedules, place } = region;
  const services = {
    secretsManager,
    schedules,
    place,
    tables: () => [...region.tables.values()],
    queues: () => [...region.queues.values()],
  };
  const aws = await serveAws(services);
  const awsOnVirtualTime = await serveAws(services, { signatureTime: clock.now });
  const bindings = await serveBindings(registry);
  return {
    cloud,
    registry,
    aws,
    awsOnVirtualTime,
    environment: () => ({ ...aws.environment(), SANDBOX_BINDINGS_URL: bindings.url }),
    bindFlags: ["aws", "github", "random"].flatMap((name) => ["--bind", `${name}=${host}`]),
    close: async () => {
      await Promise.all([aws.close(), awsOnVirtualTime.close(), bindings.close()]);
    },
  };
};
