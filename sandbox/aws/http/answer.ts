import { randomUUID } from "node:crypto";
import type { SimulatedResponse } from "../../http/responder.ts";
import { AwsError } from "../error.ts";

/** How a service is spoken to, and named by signatures. */
export interface Service {
  id: string;
  contentType: string;
  /** What stands before the name of an error. */
  errorPrefix: string;
  /** Whether errors are told by a header and the status rather than by `__type`. */
  isRest?: boolean;
}

/** By the first part of X-Amz-Target. */
export const services: Readonly<Record<string, Service>> = {
  secretsmanager: { id: "secretsmanager", contentType: "application/x-amz-json-1.1", errorPrefix: "" },
  DynamoDB_20120810: {
    id: "dynamodb",
    contentType: "application/x-amz-json-1.0",
    errorPrefix: "com.amazonaws.dynamodb.v20120810#",
  },
  AmazonSQS: { id: "sqs", contentType: "application/x-amz-json-1.0", errorPrefix: "com.amazonaws.sqs#" },
};

export const schedulerService: Service = {
  id: "scheduler",
  contentType: "application/json",
  errorPrefix: "",
  isRest: true,
};

/** Dates as seconds since 1970; what is undefined is left out by JSON. */
const serialised = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(serialised);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, serialised(each)]));
};

const answer = (service: Service, status: number, body: unknown, headers = {}): SimulatedResponse => ({
  status,
  body,
  headers: { "content-type": service.contentType, "x-amzn-requestid": randomUUID(), ...headers },
});

export const resultAnswer = (service: Service, output: unknown): SimulatedResponse =>
  answer(service, 200, serialised(output));

/** What went wrong, as the service says it. Throws what is no error of AWS: a mistake of the simulator. */
export const errorAnswer = (service: Service, error: unknown): SimulatedResponse => {
  if (!(error instanceof AwsError)) throw error;
  const { name, message, status } = error;
  if (service.isRest !== true)
    return answer(service, status, { __type: `${service.errorPrefix}${name}`, Message: message, message });
  const isRefused = /^(AccessDenied|MissingAuthenticationToken|UnrecognizedClient|InvalidSignature)/.test(
    name,
  );
  return answer(service, isRefused ? 403 : status, { Message: message }, { "x-amzn-errortype": name });
};
