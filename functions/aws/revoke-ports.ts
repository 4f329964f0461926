import type { RevokePorts } from "../revoker/revoker.ts";
import { awsCases } from "./cases.ts";
import { githubOf } from "./github-of.ts";
import { lambdaSession, later, variablesOf } from "./lambda.ts";
import { commonPorts, queueOf } from "./leak-ports.ts";
import { awsLedger } from "./ledger.ts";
import { genesysPlatform } from "./platform.ts";
import { awsScheduler } from "./scheduler.ts";
import { awsSecretReader } from "./secret-reader.ts";
import { awsSecretWriter } from "./secret-writer.ts";

/** While a secret is public, nothing is waited for as long as elsewhere: what fails comes again. */
export const hurry = {
  timeoutMilliseconds: 5_000,
  retry: { attempts: 4, limitedAttempts: 4, longestWaitMilliseconds: 10_000, totalMilliseconds: 15_000 },
} as const;

/**
 * Reads what `rotatorPorts` reads, and LEAK_TABLE, REPORT_QUEUE_URL, GITHUB_APP_SECRET_ARN and
 * GITHUB_API_URL (optional).
 */
export const revokePorts = (environment: NodeJS.ProcessEnv): RevokePorts => {
  const variable = variablesOf(environment);
  const session = lambdaSession(environment);
  const scheduler = later(() =>
    awsScheduler(session, {
      group: variable("SCHEDULE_GROUP"),
      targetArn: variable("RETIRE_FUNCTION_ARN"),
      roleArn: variable("SCHEDULER_ROLE_ARN"),
      deadLetterArn: variable("SCHEDULE_DEAD_LETTER_ARN"),
    }),
  );
  return {
    ...commonPorts(environment),
    secrets: { ...awsSecretReader(session), ...awsSecretWriter(session) },
    ledger: awsLedger(session, () => ({ table: variable("LEDGER_TABLE") })),
    scheduler: { at: async (name, time, payload) => scheduler().at(name, time, payload) },
    emergencies: queueOf(environment, session, "EMERGENCY_QUEUE_URL"),
    platform: genesysPlatform({ environment, transport: hurry }),
    reports: queueOf(environment, session, "REPORT_QUEUE_URL"),
    cases: awsCases(session, () => ({ table: variable("LEAK_TABLE") })),
    github: githubOf(environment, session),
  };
};
