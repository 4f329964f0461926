import type { Call } from "../../../apis/http/call.ts";
import type { Connect, RequestHeaders } from "../../../apis/http/connection.ts";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";

/** The operations that are called by path. */
const byPath: Readonly<Record<string, string>> = {
  "POST /schedules/{name}": "CreateSchedule",
  "PUT /schedules/{name}": "UpdateSchedule",
};

/**
 * What AWS asks for beside the action itself, on the caller's behalf; moto asks for none of it. From "Required
 * permissions" of https://docs.aws.amazon.com/secretsmanager/latest/apireference/ and from
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html
 */
const alsoNeeded: Readonly<Record<string, readonly string[]>> = {
  "secretsmanager:GetSecretValue": ["kms:Decrypt"],
  "secretsmanager:PutSecretValue": ["kms:GenerateDataKey", "kms:Decrypt"],
  "secretsmanager:RotateSecret": ["lambda:InvokeFunction"],
  "scheduler:CreateSchedule": ["iam:PassRole"],
  "scheduler:UpdateSchedule": ["iam:PassRole"],
};

/** The IAM action of a request as it goes over the wire. */
const actionOf = ({ method, route }: Call, headers: RequestHeaders): string => {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1];
  const operation = headers["x-amz-target"]?.replace(/^.*\./, "") ?? byPath[`${method} ${route}`];
  if (service === undefined || operation === undefined) throw new Error(`What is ${method} ${route}?`);
  return `${service}:${operation}`;
};

/** A connection that notes every action that is needed for what goes over it. */
export const recorder = () => {
  const exercised = new Set<string>();
  const connect: Connect = (options) => {
    const attempt = fetchConnection(options);
    return (call, headers = {}) => {
      const action = actionOf(call, headers);
      for (const each of [action, ...(alsoNeeded[action] ?? [])]) exercised.add(each);
      return attempt(call, headers);
    };
  };
  return { connect, exercised };
};
