/** The ports in memory keep the contracts. */
import type { Queue } from "../../../functions/ports.ts";
import { createMemoryAws } from "../../../sandbox/aws/memory.ts";
import { Caller } from "../../../sandbox/aws/ports/caller.ts";
import { queuePort } from "../../../sandbox/aws/ports/messages.ts";
import { newVersionId } from "./contract.ts";
import { describeEmergenciesContract } from "./emergencies-contract.ts";
import { describeLedgerContract } from "./ledger-contract.ts";
import { describeMetricsContract } from "./metrics-contract.ts";
import { describeSchedulerContract } from "./scheduler-contract.ts";
import { describeSecretReaderContract } from "./secret-reader-contract.ts";
import { describeSecretWriterContract } from "./secret-writer-contract.ts";
import type { SecretsAdministrator } from "./secrets.ts";
import { describeTriggerContract } from "./trigger-contract.ts";

const nothingAllowed = { Version: "2012-10-17", Statement: [] };

const start = () => {
  let time = Date.parse("2026-11-21T10:20:30.400Z");
  const delivered: unknown[] = [];
  const aws = createMemoryAws({
    clock: { now: () => time },
    newId: newVersionId,
    random: () => 0.99,
    invoke: async (_arn, event) => {
      delivered.push(event);
    },
  });
  const ports = aws.portsFor("unrestricted");
  const { secretsManager } = aws;
  const admin: SecretsAdministrator = {
    create: async (name, first) =>
      aws.createRotatedSecret(
        name,
        first && { ClientRequestToken: first.versionId, SecretString: first.value.reveal() },
      ),
    enableRotation: async (secretId) => {
      secretsManager.rotateSecret({
        SecretId: secretId,
        ClientRequestToken: newVersionId(),
        RotationLambdaARN: aws.functionArns.rotate,
        RotationRules: { AutomaticallyAfterDays: 30 },
        RotateImmediately: false,
      });
    },
    begin: async (secretId, versionId) => {
      secretsManager.rotateSecret({ SecretId: secretId, ClientRequestToken: versionId });
    },
    put: async (secretId, { versionId, value, stages }) => {
      secretsManager.putSecretValue({
        SecretId: secretId,
        ClientRequestToken: versionId,
        SecretString: value.reveal(),
        VersionStages: stages,
      });
    },
    delete: async (secretId) => {
      secretsManager.deleteSecret({ SecretId: secretId, RecoveryWindowInDays: 7 });
    },
    stages: async (secretId) =>
      secretsManager.describeSecret({ SecretId: secretId }).VersionIdsToStages ?? {},
    value: async (secretId, versionId) =>
      secretsManager.getSecretValue({ SecretId: secretId, VersionId: versionId }).SecretString ?? "",
  };
  return {
    aws,
    admin,
    ports,
    denied: aws.portsFor(nothingAllowed),
    delivered,
    exercised: () => ports.exercised,
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    passDoing: async (milliseconds: number) => {
      const end = time + milliseconds;
      for (let next = aws.nextDue(); next !== undefined && next <= end; next = aws.nextDue()) {
        time = Math.max(time, next);
        await aws.runDue();
      }
      time = end;
    },
  };
};

describeSecretReaderContract("in memory", async () => {
  const { admin, ports, denied, exercised } = start();
  return { port: ports.secrets, withoutRights: denied.secrets, admin, exercised };
});

describeSecretWriterContract("in memory", async () => {
  const { admin, ports, denied, exercised } = start();
  return { port: ports.secrets, withoutRights: denied.secrets, admin, exercised };
});

describeTriggerContract("in memory", async () => {
  const { admin, ports, denied, exercised } = start();
  return { port: ports.trigger, withoutRights: denied.trigger, admin, exercised };
});

describeLedgerContract("in memory", async () => {
  const { aws, ports, denied, exercised, now, pass } = start();
  return {
    port: ports.ledger,
    withoutRights: denied.ledger,
    exercised,
    now,
    pass,
    putItem: async (key, attributes) => {
      const texts = Object.entries(attributes).map(([name, text]) => [name, { S: text }]);
      aws.ledgerTable.write(key, () => ({ ...Object.fromEntries(texts), pk: { S: key } }));
    },
  };
});

describeSchedulerContract("in memory", async () => {
  const { aws, ports, denied, delivered, exercised, now, passDoing } = start();
  return {
    port: ports.scheduler,
    withoutRights: denied.scheduler,
    exercised,
    now,
    pass: passDoing,
    delivered: () => delivered,
    scheduled: async (name) => {
      const schedule = aws.schedules.all.get(`retirement/${name}`);
      if (schedule === undefined) return undefined;
      const { Target } = aws.schedules.get("retirement", name);
      return { time: schedule.time, payload: JSON.parse(Target?.Input ?? "") };
    },
  };
});

describeEmergenciesContract("in memory", async () => {
  const { aws, ports, denied, exercised, pass } = start();
  const missing: Queue = queuePort(undefined, new Caller("unrestricted", []));
  return {
    port: ports.emergencies,
    withoutRights: denied.emergencies,
    missing,
    exercised,
    pass,
    receive: async ({ done } = { done: true }) => {
      const messages = aws.emergencyQueue.receive({ maximum: 10 });
      if (done) for (const { ReceiptHandle } of messages) aws.emergencyQueue.delete(ReceiptHandle ?? "");
      return messages.map(({ Body, Attributes }) => ({
        group: Attributes?.MessageGroupId ?? "",
        body: JSON.parse(Body ?? ""),
      }));
    },
  };
});

describeMetricsContract("in memory", async () => {
  const { metrics } = start().ports;
  return { port: metrics, written: () => metrics.emitted };
});
