/**
 * An AWS account on this machine into which `guard --bind` deploys a stack. What a program needs to see happen does:
 * rotation schedules and one-shots fire, queues feed functions, REST APIs call them, functions are hosted with their
 * roles' rights; GitHub's webhooks are made in its simulator. The rest is recorded with its inputs
 * (`registry.recordedTypes` lists it).
 */
import { join } from "node:path";
import type { Connect } from "../../apis/http/connection.ts";
import { type AwsServer, serveAws } from "../aws/http/index.ts";
import type { GenesysOrganisation } from "../genesys/index.ts";
import type { VirtualClock } from "../runtime/virtual-clock.ts";
import { Cloud } from "./cloud.ts";
import type { OutsideServices } from "./function-services.ts";
import { requestGateway, serveGateway } from "./gateway.ts";
import { Registry } from "./registry.ts";
import { serveBindings } from "./server.ts";

export { OwnTime } from "./own-time.ts";
export type { RegisteredResource } from "./registry.ts";

/** A simulator that can be called within this process. */
interface Reachable {
  connect: Connect;
}

export interface CloudSimulatorOptions {
  clock: VirtualClock;
  genesys: Pick<GenesysOrganisation, "connect">;
  /** What else the functions reach, in this process. Default: nothing of it. */
  github?: Reachable;
  slack?: Reachable;
  siem?: Reachable;
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
  /** Hands a webhook to the API that is deployed at `url`, in this process: for `GithubOptions.deliver`. */
  deliver(
    url: string,
    headers: Readonly<Record<string, string>>,
    rawBody: string,
  ): Promise<{ status: number }>;
  /** Puts a value into a secret, as a person or the pipeline does; by its name or ARN. */
  storeSecret(secretId: string, value: object): void;
  /** What points the Pulumi program, our providers and `guard --bind` at this account. */
  environment(): Record<string, string>;
  /** The flags of `guard` that bind the packages of plugins. */
  bindFlags: readonly string[];
  close(): Promise<void>;
}

const host = join(import.meta.dirname, "host.ts");
const githubHost = join(import.meta.dirname, "github-host.ts");

const servicesOf = ({ github, slack, siem }: CloudSimulatorOptions): OutsideServices => ({
  ...(github && { github: github.connect }),
  ...(slack && { slack: slack.connect }),
  ...(siem && { siem: siem.connect }),
});

export const startCloud = async (options: CloudSimulatorOptions): Promise<CloudSimulator> => {
  const { clock, genesys, region: name = "us-east-1" } = options;
  const gateway = await serveGateway(() => cloud);
  const cloud = new Cloud({
    clock,
    connect: genesys.connect,
    services: servicesOf(options),
    gatewayUrl: gateway.url,
  });
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
    deliver: async (url, headers, rawBody) => {
      const lowerCase = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
      const { status } = await requestGateway(cloud, {
        method: "POST",
        path: new URL(url).pathname,
        headers: Object.fromEntries(lowerCase),
        body: Buffer.from(rawBody),
        sourceAddress: "140.82.112.1",
      });
      return { status };
    },
    storeSecret: (SecretId, value) => {
      secretsManager.putSecretValue({
        SecretId,
        ClientRequestToken: cloud.newId(),
        SecretString: JSON.stringify(value),
      });
    },
    environment: () => ({ ...aws.environment(), SANDBOX_BINDINGS_URL: bindings.url }),
    bindFlags: [
      ...["aws", "random"].flatMap((each) => ["--bind", `${each}=${host}`]),
      "--bind",
      `github=${githubHost}`,
    ],
    close: async () => {
      await Promise.all([gateway, aws, awsOnVirtualTime, bindings].map((server) => server.close()));
    },
  };
};
