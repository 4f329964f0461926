import type { SweepPorts } from "../revoker/sweep.ts";
import { awsCases } from "./cases.ts";
import { githubOf } from "./github-of.ts";
import { lambdaSession, variablesOf } from "./lambda.ts";
import { commonPorts, queueOf } from "./leak-ports.ts";

/** Reads LEAK_TABLE, LEAK_QUEUE_URL, REPORT_QUEUE_URL, GITHUB_APP_SECRET_ARN and GITHUB_API_URL (optional). */
export const sweepPorts = (environment: NodeJS.ProcessEnv): SweepPorts => {
  const session = lambdaSession(environment);
  return {
    ...commonPorts(environment),
    leaks: queueOf(environment, session, "LEAK_QUEUE_URL"),
    reports: queueOf(environment, session, "REPORT_QUEUE_URL"),
    cases: awsCases(session, () => ({ table: variablesOf(environment)("LEAK_TABLE") })),
    github: githubOf(environment, session),
  };
};
