/**
 * The simulated AWS over HTTP on loopback: Secrets Manager, DynamoDB, SQS and EventBridge Scheduler on one origin,
 * told apart by X-Amz-Target and path. The call log and fault rules know an operation as the route
 * `/secretsmanager.GetSecretValue`.
 *
 * State of 2026-11-21, AWS SDK 3.1153.
 * - By design: every request must be signed with a key that this simulator has given out, and IAM judges it by that
 *   key's policy; plain HTTP.
 * - Gaps: request ids mean nothing; checksums of DynamoDB's answers are left out, as the SDK allows.
 */
import { randomBytes, randomUUID } from "node:crypto";
import {
  createResponder,
  type Handler,
  type Responder,
  type SimulatedRequest,
  type SimulatedResponse,
} from "../../http/responder.ts";
import { type Simulator, serve } from "../../http/server.ts";
import { issued } from "../../secrecy/issued.ts";
import type { Table } from "../dynamodb/table.ts";
import { AwsError } from "../error.ts";
import { createMemoryAws, type MemoryAws, type MemoryAwsOptions } from "../memory.ts";
import { Caller, type CallerPolicy } from "../ports/caller.ts";
import type { Schedules } from "../scheduler/schedules.ts";
import type { Queue } from "../sqs/queue.ts";
import { errorAnswer, resultAnswer, type Service, schedulerService, services } from "./answer.ts";
import { dynamodbOperations } from "./dynamodb.ts";
import type { Operation } from "./operation.ts";
import { type ScheduleOperation, schedulerOperations } from "./scheduler.ts";
import { secretsManagerOperations } from "./secrets-manager.ts";
import { type AccessKey, checkSignature } from "./signature.ts";
import { sqsOperations } from "./sqs.ts";

/** The services to serve. */
export interface ServedAws extends Pick<MemoryAws, "secretsManager" | "place"> {
  /** Asked at every call: tables come and go. */
  tables(): readonly Table[];
  /** Asked at every call. Default: there are none. */
  queues?(): readonly Queue[];
  /** Default: the scheduler is not served. */
  schedules?: Schedules;
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
  /** For callers in this process: what the server answers with. */
  responder: Responder;
  /** A new key with these rights. `exercised` are the actions that it has needed so far. */
  issueKey(policy: CallerPolicy, session?: "session"): AccessKey & { exercised: ReadonlySet<string> };
  queueUrl(queue: Queue): string;
  /** What points a client at this simulator; default: with a key that may do everything. */
  environment(key?: AccessKey): Record<string, string>;
}

export interface AwsSimulator extends AwsServer {
  aws: MemoryAws;
}

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
  const tables = () => [aws.ledgerTable, aws.leakTable];
  const queues = () => [
    aws.emergencyQueue,
    aws.emergencyDeadLetters,
    aws.scheduleDeadLetters,
    aws.leakQueue,
    aws.leakDeadLetters,
    aws.reportQueue,
    aws.reportDeadLetters,
  ];
  return { ...(await serveAws({ ...aws, tables, queues }, options)), aws };
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

  /** Serves a call with the rights of the key that has signed it. */
  const signed = (
    service: Service,
    request: SimulatedRequest,
    run: (caller: Caller) => unknown,
  ): SimulatedResponse => {
    try {
      const { key, service: scope } = checkSignature(request, keys, place.region, signatureTime());
      if (scope !== service.id)
        throw new AwsError(
          "InvalidSignatureException",
          `Credential should be scoped to correct service: '${service.id}'.`,
        );
      return resultAnswer(service, run(key.caller));
    } catch (error) {
      return errorAnswer(service, error);
    }
  };

  const byTarget = (service: Service, run: Operation): Handler => {
    return (request) =>
      signed(service, { ...request, path: "/" }, (caller) => run(parse(request.text), caller));
  };
  const bySchedule = (run: ScheduleOperation): Handler => {
    return (request) =>
      signed(schedulerService, request, (caller) => {
        const body = request.text === "" ? {} : parse(request.text);
        const { name = "" } = request.params;
        const group = request.query.get("groupName") ?? undefined;
        return run({ name, group, body: body as never }, caller);
      });
  };

  const routes: Record<string, Handler> = {};
  const operations = {
    ...secretsManagerOperations(served),
    ...dynamodbOperations(() => served.tables(), place),
    ...sqsOperations(() => served.queues?.() ?? [], place),
  };
  for (const [target, run] of Object.entries(operations)) {
    const service = services[target.split(".")[0] ?? ""];
    if (service !== undefined) routes[`POST /${target}`] = byTarget(service, run);
  }
  const { schedules } = served;
  if (schedules !== undefined)
    for (const [route, run] of Object.entries(schedulerOperations(schedules, place)))
      routes[route] = bySchedule(run);

  const byPath = createResponder({
    routes,
    notFound: (request) =>
      errorAnswer(
        services[request.path.slice(1).split(".")[0] ?? ""] ?? schedulerService,
        new AwsError("UnknownOperationException", "This operation is not simulated."),
      ),
    faultBody: (status) => ({
      __type: status === 429 ? "ThrottlingException" : "InternalServiceError",
      Message: "Injected fault.",
    }),
  });

  const responder: Responder = {
    ...byPath,
    // The operations of most services have the same path; their target says which they are.
    respond: (request) => {
      const target = request.headers["x-amz-target"];
      return byPath.respond(target === undefined ? request : { ...request, path: `/${String(target)}` });
    },
  };
  const simulator = await serve(responder, options.port);
  const everything = issueKey("unrestricted");
  return {
    ...simulator,
    responder,
    issueKey,
    queueUrl: ({ name }) => `${simulator.url}/${place.account}/${name}`,
    environment: (key = everything) => ({
      AWS_REGION: place.region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
      AWS_ENDPOINT_URL_SECRETS_MANAGER: simulator.url,
      AWS_ENDPOINT_URL_DYNAMODB: simulator.url,
      AWS_ENDPOINT_URL_SQS: simulator.url,
      AWS_ENDPOINT_URL_SCHEDULER: simulator.url,
    }),
  };
};
