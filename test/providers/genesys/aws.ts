import { randomUUID } from "node:crypto";
import type { AwsAccessOptions } from "../../../providers/aws/access.ts";
import { type AwsAccess, accessAws } from "../../../providers/aws/access.ts";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";
import type { SecretsManager } from "../../../sandbox/aws/secrets-manager/index.ts";

/** An AWS account with Secrets Manager and the ledger's table, in which no time passes. */
export interface Account extends AwsSimulator {
  secrets: SecretsManager;
  /** Name of the ledger's table. */
  ledger: string;
  /** What a run of the engine uses. Its credentials are found in the environment, if none are given. */
  access(options?: Pick<AwsAccessOptions, "credentials">): AwsAccess;
}

export const startAccount = async (now: () => number = Date.now): Promise<Account> => {
  const simulator = await startAws({ aws: { clock: { now }, newId: randomUUID }, signatureTime: now });
  const { aws } = simulator;
  const key = simulator.issueKey("unrestricted");
  return {
    ...simulator,
    secrets: aws.secretsManager,
    ledger: aws.ledgerTable.name,
    access: ({ credentials = async () => key } = {}) =>
      accessAws({
        credentials,
        environment: simulator.environment(),
        transport: {
          now,
          sleep: () => new Promise((resolve) => setImmediate(resolve)),
          retry: { attempts: 3, limitedAttempts: 3 },
        },
      }),
  };
};
