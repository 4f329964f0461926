import { createFetch, credentialProvider, secretsManagerSource } from "../../client/index.ts";
import { secretArnOf } from "./generations.ts";
import type { DrillWorld } from "./world.ts";

/** Somebody who uses a rotated credential all day, with the client kit that teams install. */
export interface Consumer {
  credentialId: string;
  /** Calls so far. */
  calls: number;
  /** What came instead of an answer with a status below 300. */
  failures: string[];
}

export interface Consumers {
  readonly all: readonly Consumer[];
  /** Calls of all of them. */
  readonly calls: () => number;
  readonly failures: () => string[];
  /** They end with their next call. */
  stop(): void;
}

const everyMinutes = 15;
const platform = "https://genesys.sandbox.test";

/** `fetch` that ends at Secrets Manager in this process, so that no time of this machine passes. */
const awsFetch =
  ({ aws }: DrillWorld): typeof fetch =>
  async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const outcome = await aws.awsOnVirtualTime.responder.respond({
      method: init?.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), host: url.host },
      text: String(init?.body ?? ""),
      sourceAddress: "127.0.0.1",
    });
    if (outcome === "dropped") throw new TypeError("fetch failed");
    const { status, body, headers } = outcome;
    return new Response(JSON.stringify(body), { status, ...(headers === undefined ? {} : { headers }) });
  };

/** Each may read the one secret and use its key, and nothing else. */
const credentialsFor = ({ aws }: DrillWorld, secretArn: string) => {
  const { KmsKeyId: keyId } = aws.cloud
    .region("us-east-1")
    .secretsManager.describeSecret({ SecretId: secretArn });
  return aws.awsOnVirtualTime.issueKey({
    Statement: [
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        Resource: secretArn,
      },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: keyId ?? "" },
    ],
  });
};

/** Has consumers call the platform every quarter of an hour of virtual time from now on. */
export const startConsumers = (world: DrillWorld, credentialIds: readonly string[]): Consumers => {
  const { clock, aws, genesys } = world;
  let isStopped = false;
  const all = credentialIds.map((credentialId) => {
    const consumer: Consumer = { credentialId, calls: 0, failures: [] };
    const secretId = secretArnOf(world, credentialId);
    const key = credentialsFor(world, secretId);
    const source = secretsManagerSource({
      secretId,
      environment: aws.awsOnVirtualTime.environment(key),
      fetch: awsFetch(world),
      clock,
      random: clock.random,
    });
    const call = createFetch({
      provider: credentialProvider({ source, clock, random: clock.random }),
      fetch: genesys.fetch,
      clock,
      random: clock.random,
      apiUrl: platform,
      loginUrl: platform,
    });
    const once = async (): Promise<void> => {
      consumer.calls += 1;
      try {
        const { status } = await call("/api/v2/routing/queues");
        if (status >= 300) consumer.failures.push(`${credentialId}: HTTP ${status}`);
      } catch (error) {
        consumer.failures.push(`${credentialId}: ${error instanceof Error ? error.message : String(error)}`);
      }
      if (!isStopped) clock.at(clock.now() + everyMinutes * 60_000, once);
    };
    clock.at(clock.now(), once);
    return consumer;
  });
  return {
    all,
    calls: () => all.reduce((sum, { calls }) => sum + calls, 0),
    failures: () => all.flatMap(({ failures }) => failures),
    stop: () => {
      isStopped = true;
    },
  };
};
