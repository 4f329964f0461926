import type { ReportPorts } from "../revoker/report.ts";
import { awsCases } from "./cases.ts";
import { githubOf } from "./github-of.ts";
import { lambdaSession, later, variablesOf } from "./lambda.ts";
import { commonPorts } from "./leak-ports.ts";
import { awsSiem } from "./siem.ts";
import { awsSlack } from "./slack.ts";

/**
 * Reads LEAK_TABLE, GITHUB_APP_SECRET_ARN, SLACK_SECRET_ARN, SIEM_SECRET_ARN, SIEM_URL, SIEM_KIND and, optionally,
 * GITHUB_API_URL and SLACK_API_URL.
 */
export const reportPorts = (environment: NodeJS.ProcessEnv): ReportPorts => {
  const variable = variablesOf(environment);
  const session = lambdaSession(environment);
  const slack = later(() =>
    awsSlack(session, { secretArn: variable("SLACK_SECRET_ARN"), apiUrl: environment.SLACK_API_URL }),
  );
  const siem = later(() =>
    awsSiem(session, {
      secretArn: variable("SIEM_SECRET_ARN"),
      url: variable("SIEM_URL"),
      kind: variable("SIEM_KIND"),
    }),
  );
  return {
    ...commonPorts(environment),
    cases: awsCases(session, () => ({ table: variable("LEAK_TABLE") })),
    github: githubOf(environment, session),
    slack: {
      userByEmail: async (email) => slack().userByEmail(email),
      post: async (channel, message, thread) => slack().post(channel, message, thread),
    },
    siem: { send: async (events) => siem().send(events) },
  };
};
