/**
 * The simulated AWS over HTTP on loopback: Secrets Manager and DynamoDB on one origin, told apart by X-Amz-Target.
 * The call log and fault rules know an operation as the route `/secretsmanager.GetSecretValue`.
 *
 * State of 2026-11-21, AWS SDK 3.1153.
 * - By design: every request must be signed with a key that this simulator has given out, and IAM judges it by that
 *   key's policy; plain HTTP.
 * - Gaps: request ids mean nothing; checksums of DynamoDB's answers are left out, as the SDK allows.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { createResponder, type SimulatedResponse } from "../../http/responder.ts";
import { type Simulator, serve } from "../../http/server.ts";
import { issued } from "../../secrecy/issued.ts";
import type { Table } from "../dynamodb/table.ts";
import { AwsError } from "../error.ts";
import { createMemoryAws, type MemoryAws, type MemoryAwsOptions } from "../memory.ts";
import { Caller, type CallerPolicy } from "../ports/caller.ts";
import { dynamodbOperations } from "./dynamodb.ts";
import { type Operation, secretsManagerOperations } from "./secrets-manager.ts";
import { type AccessKey, checkSignature } from "./signature.ts";

/** The services to serve. */
export interface ServedAws extends Pick<MemoryAws, "secretsManager" | "place"> {
  /** Asked at every call: tables come and go. */
  tables(): readonly Table[];
}

export interface ServeOptions {
  port?: number;
  /** What signatures' times are compared with, in milliseconds since 1970. Default: this machine's clock. */
  signatureTime?: () => number;
}

export interface AwsServerOptions extends ServeOptions {
  /** The services to serve. Default: new ones on this machine's clock. */
  aws?: MemoryAws | Partial<MemoryAwsOptions>;
}

interface KnownKey extends AccessKey {
  caller: Caller;
}

export interface AwsServer extends Simulator {
  /** A new key with these rights. `exercised` are the actions that it has needed so far. */
  issueKey(policy: CallerPolicy, session?: "session"): AccessKey & { exercised: ReadonlySet<string> };
  /** What points a client at this simulator; default: with a key that may do everything. */
  environment(key?: AccessKey): Record<string, string>;
}

export interface AwsSimulator extends AwsServer {
  aws: MemoryAws;
}

/** Which service a target belongs to, as signatures name it. */
const services: Readonly<Record<string, string>> = {
  secretsmanager: "secretsmanager",
  DynamoDB_20120810: "dynamodb",
};

/** Dates as seconds since 1970; what is undefined is left out by JSON. */
const serialised = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(serialised);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, serialised(each)]));
};

const answerOf = (status: number, body: unknown, version: "1.0" | "1.1"): SimulatedResponse => ({
  status,
  body,
  headers: { "content-type": `application/x-amz-json-${version}`, "x-amzn-requestid": randomUUID() },
});

const errorAnswer = (error: unknown, service: string): SimulatedResponse => {
  if (!(error instanceof AwsError)) throw error;
  const { name, message, status } = error;
  return service === "dynamodb"
    ? answerOf(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }, "1.0")
    : answerOf(status, { __type: name, Message: message, message }, "1.1");
};

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input === "object" && input !== null) return input as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new AwsError("SerializationException", "The request's body is no JSON object.");
};

const isMemory = (aws: AwsServerOptions["aws"]): aws is MemoryAws =>
  aws !== undefined && "secretsManager" in aws;

export const startAws = async (options: AwsServerOptions = {}): Promise<AwsSimulator> => {
  const aws = isMemory(options.aws)
    ? options.aws
    : createMemoryAws({ clock: { now: Date.now }, newId: randomUUID, ...options.aws });
  return { ...(await serveAws({ ...aws, tables: () => [aws.ledgerTable] }, options)), aws };
};

/** Makes services reachable over HTTP on loopback. */
export const serveAws = async (served: ServedAws, options: ServeOptions = {}): Promise<AwsServer> => {
  const { signatureTime = Date.now } = options;
  const { place } = served;
  const keys = new Map<string, KnownKey>();

  const issueKey: AwsServer["issueKey"] = (policy, session) => {
    const caller = new Caller(policy, []);
    const key = {
      accessKeyId: `${session === undefined ? "AKIA" : "ASIA"}${randomBytes(8).toString("hex").toUpperCase()}`,
      secretAccessKey: issued(randomBytes(30).toString("base64url")),
      ...(session === undefined ? {} : { sessionToken: issued(randomBytes(48).toString("base64url")) }),
    };
    keys.set(key.accessKeyId, { ...key, caller });
    return { ...key, exercised: caller.exercised };
  };

  const operations: Record<string, Operation> = {
    ...secretsManagerOperations(served),
    ...dynamodbOperations(() => served.tables(), place),
  };

  const responder = createResponder({
    routes: Object.fromEntries(
      Object.entries(operations).map(([target, run]) => [
        `POST /${target}`,
        (request) => {
          const service = services[target.split(".")[0] ?? ""] ?? "";
          try {
            const signed = { ...request, path: "/" };
            const { key, service: scope } = checkSignature(signed, keys, place.region, signatureTime());
            if (scope !== service)
              throw new AwsError(
                "InvalidSignatureException",
                `Credential should be scoped to correct service: '${service}'.`,
              );
            const output = run(parse(request.text), key.caller);
            return answerOf(200, serialised(output), service === "dynamodb" ? "1.0" : "1.1");
          } catch (error) {
            return errorAnswer(error, service);
          }
        },
      ]),
    ),
    notFound: () =>
      errorAnswer(new AwsError("UnknownOperationException", "This operation is not simulated."), ""),
    faultBody: (status) => ({
      __type: status === 429 ? "ThrottlingException" : "InternalServiceError",
      Message: "Injected fault.",
    }),
  });

  const simulator = await serve(
    {
      ...responder,
      // Every operation has the same path; its target says which it is.
      respond: (request) =>
        responder.respond({
          ...request,
          path: `/${String(request.headers["x-amz-target"] ?? request.path.slice(1))}`,
        }),
    },
    options.port,
  );
  const everything = issueKey("unrestricted");
  return {
    ...simulator,
    issueKey,
    environment: (key = everything) => ({
      AWS_REGION: place.region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
      AWS_ENDPOINT_URL_SECRETS_MANAGER: simulator.url,
      AWS_ENDPOINT_URL_DYNAMODB: simulator.url,
    }),
  };
};
