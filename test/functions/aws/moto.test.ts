/** The adapters keep the ports' contracts on moto, each with the rights that it declares and no others. */

import { Secret } from "../../../apis/http/secret.ts";
import { awsDeliveryLog } from "../../../functions/aws/delivery-log.ts";
import { awsEmergencies } from "../../../functions/aws/emergencies.ts";
import { awsFifoQueue } from "../../../functions/aws/fifo-queue.ts";
import { awsHeldSecret } from "../../../functions/aws/held-secret.ts";
import { awsLedger } from "../../../functions/aws/ledger.ts";
import { portPermissions } from "../../../functions/aws/permissions.ts";
import { awsScheduler } from "../../../functions/aws/scheduler.ts";
import { awsSecretReader } from "../../../functions/aws/secret-reader.ts";
import { awsSecretWriter } from "../../../functions/aws/secret-writer.ts";
import { awsTrigger } from "../../../functions/aws/trigger.ts";
import { newName, newVersionId } from "../ports/contract.ts";
import { describeDeliveryLogContract } from "../ports/delivery-log-contract.ts";
import { describeEmergenciesContract } from "../ports/emergencies-contract.ts";
import { describeHeldSecretContract } from "../ports/held-secret-contract.ts";
import { describeLedgerContract } from "../ports/ledger-contract.ts";
import { describeSchedulerContract } from "../ports/scheduler-contract.ts";
import { describeSecretReaderContract } from "../ports/secret-reader-contract.ts";
import { describeSecretWriterContract } from "../ports/secret-writer-contract.ts";
import { describeTriggerContract } from "../ports/trigger-contract.ts";
import { type MotoWorld, startMotoWorld } from "./moto-world.ts";

let world: MotoWorld;

beforeAll(async () => {
  world = await startMotoWorld();
  // The first run on a machine installs moto.
}, 300_000);

afterAll(() => world?.close());

describeSecretReaderContract(
  "on moto",
  async () => ({ ...(await world.ports("secretReader", awsSecretReader)), admin: world.secrets }),
  { permissions: portPermissions.secretReader, deviations: ["no-empty-pending-version"] },
);

describeSecretWriterContract(
  "on moto",
  async () => ({ ...(await world.ports("secretWriter", awsSecretWriter)), admin: world.secrets }),
  {
    permissions: portPermissions.secretWriter,
    deviations: [
      "no-empty-pending-version",
      "token-not-idempotent",
      "refused-moves-half-done",
      "deleted-secrets-writable",
    ],
  },
);

describeTriggerContract(
  "on moto",
  async () => ({ ...(await world.ports("trigger", awsTrigger)), admin: world.secrets }),
  {
    permissions: portPermissions.trigger,
    deviations: ["no-empty-pending-version", "pending-check-inverted", "rotates-without-function"],
  },
);

describeLedgerContract(
  "on moto",
  async () => {
    const table = await world.newTable();
    let time = Date.parse("2026-11-21T10:20:30.400Z");
    const now = () => time;
    return {
      ...(await world.ports("ledger", (session) => awsLedger(session, { table, now }))),
      now,
      pass: (milliseconds: number) => {
        time += milliseconds;
      },
      putItem: async (key: string, attributes: Record<string, string>) => {
        const texts = Object.entries(attributes).map(([name, text]) => [name, { S: text }]);
        await world.putItem(table, { ...Object.fromEntries(texts), pk: { S: key } });
      },
    };
  },
  { permissions: portPermissions.ledger },
);

describeSchedulerContract(
  "on moto",
  async () => {
    const target = {
      group: "default",
      targetArn: "arn:aws:lambda:eu-central-1:123456789012:function:retire",
      roleArn: "arn:aws:iam::123456789012:role/scheduler",
      deadLetterArn: "arn:aws:sqs:eu-central-1:123456789012:retirements",
    };
    return {
      ...(await world.ports("scheduler", (session) => awsScheduler(session, target))),
      now: Date.now,
      pass: async () => {},
      scheduled: (name: string) => world.schedule(name),
      delivered: () => [],
    };
  },
  {
    permissions: portPermissions.scheduler,
    deviations: ["schedules-never-fire", "schedule-names-unchecked", "own-clock"],
  },
);

describeEmergenciesContract(
  "on moto",
  async () => {
    const queueUrl = await world.newQueue();
    const missingUrl = queueUrl.replace(/[^/]+$/, `${newName("gone")}.fifo`);
    const { port, ...more } = await world.ports("emergencies", (session) => ({
      there: awsEmergencies(session, queueUrl),
      missing: awsEmergencies(session, missingUrl),
    }));
    return {
      ...more,
      port: port.there,
      withoutRights: more.withoutRights.there,
      missing: port.missing,
      pass: () => {},
      receive: ({ done } = { done: true }) => world.receive(queueUrl, done),
    };
  },
  { permissions: portPermissions.emergencies, deviations: ["own-clock", "deduplication-ends-with-deletion"] },
);

for (const name of ["leaks", "reports"] as const)
  describeEmergenciesContract(
    `${name}, on moto`,
    async () => {
      const queueUrl = await world.newQueue();
      const missingUrl = queueUrl.replace(/[^/]+$/, `${newName("gone")}.fifo`);
      const { port, ...more } = await world.ports(name, (session) => ({
        there: awsFifoQueue(session, queueUrl),
        missing: awsFifoQueue(session, missingUrl),
      }));
      return {
        ...more,
        port: port.there,
        withoutRights: more.withoutRights.there,
        missing: port.missing,
        pass: () => {},
        receive: ({ done } = { done: true }) => world.receive(queueUrl, done),
      };
    },
    { permissions: portPermissions[name], deviations: ["own-clock", "deduplication-ends-with-deletion"] },
  );

const movableTime = () => {
  let time = Date.parse("2026-11-21T10:20:30.400Z");
  return {
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

describeDeliveryLogContract(
  "on moto",
  async () => {
    const table = await world.newTable();
    const { now, pass } = movableTime();
    return {
      ...(await world.ports("deliveries", (session) => awsDeliveryLog(session, { table, now }))),
      pass,
    };
  },
  { permissions: portPermissions.deliveries },
);

describeHeldSecretContract(
  "on moto",
  async () => {
    const secretArn = await world.secrets.create(newName("held"), {
      versionId: newVersionId(),
      value: new Secret("nothing yet"),
    });
    const { now, pass } = movableTime();
    const { port, ...more } = await world.ports("webhookSecrets", (session) => ({
      there: awsHeldSecret(session, { secretArn, now }),
      missing: awsHeldSecret(session, { secretArn: newName("gone"), now }),
    }));
    return {
      ...more,
      port: port.there,
      withoutRights: more.withoutRights.there,
      missing: port.missing,
      pass,
      change: (value: string) =>
        world.secrets.put(secretArn, {
          versionId: newVersionId(),
          value: new Secret(value),
          stages: ["AWSCURRENT"],
        }),
    };
  },
  { permissions: portPermissions.webhookSecrets },
);
