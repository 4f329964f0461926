import { randomBytes, randomUUID } from "node:crypto";
import { type AwsAccess, accessAws } from "../../../providers/aws/access.ts";
import { Agenda } from "../../../sandbox/aws/agenda.ts";
import { type Item, Table } from "../../../sandbox/aws/dynamodb/table.ts";
import { AwsError } from "../../../sandbox/aws/error.ts";
import { defaultPlace } from "../../../sandbox/aws/place.ts";
import { SecretsManager } from "../../../sandbox/aws/secrets-manager/index.ts";
import { type Simulator, startSimulator } from "../../../sandbox/http/server.ts";

/** Secrets Manager and the ledger's table, and what points the providers at them. */
export interface Aws extends Simulator {
  secrets: SecretsManager;
  table: Table;
  /** Operations that answer with an error of the service, such as `secretsmanager.PutSecretValue`. */
  failing: Set<string>;
  /** Told of every operation before it is done. */
  before: { call(operation: string): void };
  /** What a run of the engine uses. */
  access(): AwsAccess;
}

type Request = Record<string, unknown>;

const value = (request: Request, placeholder: string): { S?: string; N?: string } =>
  (request.ExpressionAttributeValues as Record<string, { S?: string; N?: string }>)[placeholder] ?? {};
const attribute = (request: Request, placeholder: string): string =>
  (request.ExpressionAttributeNames as Record<string, string>)[placeholder] ?? "";

const holds = (request: Request, item: Item | undefined): boolean =>
  String(request.ConditionExpression)
    .split(" OR ")
    .some((alternative) =>
      alternative.split(" AND ").every((term) => {
        const absent = /^attribute_not_exists\((#\w+)\)$/.exec(term)?.[1];
        if (absent !== undefined) return item?.[attribute(request, absent)] === undefined;
        const [left = "", operator, right = ""] = term.split(" ");
        const found = item?.[attribute(request, left)];
        const wanted = value(request, right);
        return operator === "<="
          ? found?.N !== undefined && Number(found.N) <= Number(wanted.N)
          : found !== undefined && (found.S ?? found.N) === (wanted.S ?? wanted.N);
      }),
    );

const updated = (request: Request, item: Item | undefined): Item => {
  const next: Record<string, unknown> = { ...(request.Key as Item), ...item };
  for (const [, verb, list = ""] of String(request.UpdateExpression).matchAll(
    /\b(SET|ADD|REMOVE) (.*?)(?= (?:SET|ADD|REMOVE) |$)/g,
  )) {
    for (const part of list.split(", ")) {
      const [name = "", , last = ""] = part.split(" ");
      if (verb === "SET") next[attribute(request, name)] = value(request, last);
      else if (verb === "REMOVE") delete next[attribute(request, name)];
      else {
        const [, amount = ""] = part.split(" ");
        const before = Number((next[attribute(request, name)] as { N?: string } | undefined)?.N ?? 0);
        next[attribute(request, name)] = { N: String(before + Number(value(request, amount).N)) };
      }
    }
  }
  return next as Item;
};

/** AWS as far as the providers use it, over HTTP. */
export const startAws = async (now: () => number = Date.now): Promise<Aws> => {
  const secrets = new SecretsManager({
    now,
    newId: randomUUID,
    timers: new Agenda(),
    place: defaultPlace,
    random: () => 0,
    rotationPauses: [],
    invoke: async () => undefined,
  });
  const table = new Table("ledger", `arn:aws:dynamodb:us-east-1:123456789012:table/ledger`);
  const find = (request: Request): Table => {
    if (request.TableName === table.name) return table;
    throw new AwsError("ResourceNotFoundException", "Requested resource not found");
  };
  const keyOf = (request: Request): string => String((request.Key as Item).pk?.S);
  const operations: Record<string, (request: never) => unknown> = {
    "secretsmanager.DescribeSecret": (request) => secrets.describeSecret(request),
    "secretsmanager.GetSecretValue": (request) => secrets.getSecretValue(request),
    "secretsmanager.PutSecretValue": (request) => secrets.putSecretValue(request),
    "DynamoDB_20120810.GetItem": (request) => {
      const Item = find(request).get(keyOf(request));
      return Item === undefined ? {} : { Item };
    },
    "DynamoDB_20120810.UpdateItem": (request) => ({
      Attributes: find(request).write(keyOf(request), (item) => {
        if (!holds(request, item))
          throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
        return updated(request, item);
      }),
    }),
  };
  const failing = new Set<string>();
  const before = { call: (_operation: string): void => {} };
  const simulator = await startSimulator({
    routes: {
      "POST /": ({ headers, text }) => {
        const name = String(headers["x-amz-target"]);
        before.call(name);
        if (failing.has(name)) return { status: 500, body: { __type: "InternalServiceError" } };
        const operation = operations[name];
        if (operation === undefined) return { status: 400, body: { __type: "UnknownOperationException" } };
        try {
          const answer = operation(JSON.parse(text) as never);
          // The services' own times are seconds.
          return {
            status: 200,
            body: JSON.parse(JSON.stringify(answer), (key, each) =>
              key.endsWith("Date") && typeof each === "string" ? Date.parse(each) / 1000 : each,
            ),
          };
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          return { status: error.status, body: { __type: error.name, message: error.message } };
        }
      },
    },
    notFound: () => ({ status: 404 }),
    faultBody: () => ({ __type: "InternalServiceError", message: "Injected fault." }),
  });
  const credentials = async () => ({
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: randomBytes(30).toString("base64"),
  });
  return {
    ...simulator,
    secrets,
    table,
    failing,
    before,
    access: () =>
      accessAws({
        credentials,
        environment: { AWS_ENDPOINT_URL: simulator.url },
        transport: {
          now,
          sleep: () => new Promise((resolve) => setImmediate(resolve)),
          retry: { attempts: 3, limitedAttempts: 3 },
        },
      }),
  };
};
