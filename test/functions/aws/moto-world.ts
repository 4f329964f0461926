/** The adapters on moto, each as a user with exactly the rights that it declares. */
import type { AwsCredentials } from "../../../apis/aws/credentials.ts";
import { secretsManager } from "../../../apis/aws/secrets-manager.ts";
import {
  type AwsService,
  dynamodbService,
  secretsManagerService,
  sqsService,
} from "../../../apis/aws/services.ts";
import { type AwsSession, createAwsSession } from "../../../apis/aws/session.ts";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { portPermissions } from "../../../functions/aws/permissions.ts";
import type { LeakPortName, PortName } from "../../../functions/catalog.ts";
import { newName, newVersionId } from "../ports/contract.ts";
import type { SecretsAdministrator } from "../ports/secrets.ts";
import { type MotoServer, startMoto } from "./moto-server.ts";
import { recorder } from "./recorder.ts";

export interface MotoWorld {
  /** The port of a user with the adapter's rights, that of one without any, and what the former has needed. */
  ports<P>(
    name: PortName | LeakPortName,
    make: (session: AwsSession) => P,
  ): Promise<{ port: P; withoutRights: P; exercised(): Iterable<string> }>;
  secrets: SecretsAdministrator;
  newTable(): Promise<string>;
  putItem(table: string, item: Record<string, { S: string }>): Promise<void>;
  newQueue(): Promise<string>;
  receive(queueUrl: string, done: boolean): Promise<{ group: string; body: unknown }[]>;
  /** From moto's own memory: it cannot check the signature of a GET. */
  schedule(name: string): Promise<{ time: number; payload: unknown } | undefined>;
  close(): Promise<void>;
}

const sessionOf = (moto: MotoServer, credentials: AwsCredentials, connect = recorder().connect): AwsSession =>
  createAwsSession({
    region: moto.region,
    credentials: async () => credentials,
    environment: { AWS_ENDPOINT_URL: moto.url },
    // Moto reads an item, judges the condition and writes it in threads without a lock: one call after the other.
    transport: { connect, concurrency: 1, retry: { attempts: 1 } },
  });

const secretsAdministrator = (administrator: AwsSession): SecretsAdministrator => {
  const secrets = secretsManager(administrator);
  const send = <T>(route: string, body: object): Promise<T> =>
    administrator.call<T>(secretsManagerService, { method: "POST", route, object: "a secret", body });
  return {
    create: async (name, first) => {
      const value = first && { ClientRequestToken: first.versionId, SecretString: first.value.reveal() };
      return (await send<{ ARN: string }>("CreateSecret", { Name: name, ...value })).ARN;
    },
    enableRotation: async (secretId) => {
      await send("RotateSecret", {
        SecretId: secretId,
        ClientRequestToken: newVersionId(),
        RotationRules: { AutomaticallyAfterDays: 30 },
        RotateImmediately: false,
      });
    },
    begin: (secretId, versionId) => secrets.rotate(secretId, versionId),
    put: (secretId, version) => secrets.put(secretId, version),
    delete: async (secretId) => {
      await send("DeleteSecret", { SecretId: secretId, RecoveryWindowInDays: 7 });
    },
    stages: async (secretId) => {
      const { VersionIdsToStages = {} } = await secrets.describe(secretId);
      const labelled = Object.entries(VersionIdsToStages).filter(([, stages]) => stages.length > 0);
      return Object.fromEntries(labelled.map(([versionId, stages]) => [versionId, [...stages]]));
    },
    value: async (secretId, versionId) => (await secrets.value(secretId, { versionId })).value.reveal(),
  };
};

export const startMotoWorld = async (): Promise<MotoWorld> => {
  const moto = await startMoto();
  const administrator = sessionOf(moto, moto.administrator, fetchConnection);
  const nobody = await moto.userWho([]);
  const send = <T>(service: AwsService, route: string, body: object): Promise<T> =>
    administrator.call<T>(service, { method: "POST", route, object: route, body });

  return {
    ports: async (name, make) => {
      const { connect, exercised } = recorder();
      const user = await moto.userWho(portPermissions[name].flatMap(({ actions }) => actions));
      return {
        port: make(sessionOf(moto, user, connect)),
        withoutRights: make(sessionOf(moto, nobody)),
        exercised: () => exercised,
      };
    },
    secrets: secretsAdministrator(administrator),
    newTable: async () => {
      const TableName = newName("ledger");
      await send(dynamodbService, "CreateTable", {
        TableName,
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      });
      return TableName;
    },
    putItem: async (TableName, Item) => {
      await send(dynamodbService, "PutItem", { TableName, Item });
    },
    newQueue: async () => {
      const Attributes = { FifoQueue: "true", VisibilityTimeout: "3600" };
      const QueueName = `${newName("emergencies")}.fifo`;
      return (await send<{ QueueUrl: string }>(sqsService, "CreateQueue", { QueueName, Attributes }))
        .QueueUrl;
    },
    receive: async (QueueUrl, done) => {
      interface Message {
        Body: string;
        ReceiptHandle: string;
        Attributes: { MessageGroupId: string };
      }
      const { Messages = [] } = await send<{ Messages?: Message[] }>(sqsService, "ReceiveMessage", {
        QueueUrl,
        MaxNumberOfMessages: 10,
        AttributeNames: ["All"],
      });
      for (const { ReceiptHandle } of done ? Messages : [])
        await send(sqsService, "DeleteMessage", { QueueUrl, ReceiptHandle });
      return Messages.map(({ Body, Attributes }) => ({
        group: Attributes.MessageGroupId,
        body: JSON.parse(Body),
      }));
    },
    schedule: async (name) => {
      const { scheduler } = (await (await fetch(`${moto.url}/moto-api/data.json`)).json()) as {
        scheduler: { Schedule: { name: string; schedule_expression: string; target: { Input: string } }[] };
      };
      const found = scheduler.Schedule.find((schedule) => schedule.name === name);
      if (found === undefined) return undefined;
      const time = /^at\((.+)\)$/.exec(found.schedule_expression)?.[1];
      return { time: Date.parse(`${time}Z`), payload: JSON.parse(found.target.Input) };
    },
    close: moto.close,
  };
};
