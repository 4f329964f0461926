/**
 * The adapters that run in AWS keep the contracts against the simulated AWS over HTTP, which judges their rights by
 * action and resource; and they need every right that they declare.
 */
import { createAwsSession } from "../../../apis/aws/session.ts";
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
import type { LeakPortName, PortName } from "../../../functions/catalog.ts";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";
import { policyOf } from "../../../sandbox/aws/iam/derived.ts";
import { heldSecretNames } from "../../../sandbox/aws/memory.ts";
import { Queue } from "../../../sandbox/aws/sqs/queue.ts";
import { describeDeliveryLogContract } from "./delivery-log-contract.ts";
import { describeEmergenciesContract } from "./emergencies-contract.ts";
import { describeHeldSecretContract } from "./held-secret-contract.ts";
import { describeLedgerContract } from "./ledger-contract.ts";
import { memoryWorld } from "./memory-world.ts";
import { describeSchedulerContract } from "./scheduler-contract.ts";
import { describeSecretReaderContract } from "./secret-reader-contract.ts";
import { describeSecretWriterContract } from "./secret-writer-contract.ts";
import { describeTriggerContract } from "./trigger-contract.ts";

const sessionOf = (simulator: AwsSimulator, key: ReturnType<AwsSimulator["issueKey"]>) => {
  const environment = simulator.environment(key);
  return createAwsSession({
    region: environment.AWS_REGION ?? "",
    credentials: async () => key,
    environment,
  });
};

const start = async (port: PortName | LeakPortName) => {
  const world = memoryWorld();
  const simulator = await startAws({ aws: world.aws });
  const key = simulator.issueKey(policyOf(portPermissions[port], world.aws.arns), "session");
  return {
    ...world,
    simulator,
    session: sessionOf(simulator, key),
    denied: sessionOf(simulator, simulator.issueKey({ Statement: [] })),
    shared: { exercised: () => key.exercised, close: simulator.close },
  };
};

const permissionsOf = (port: PortName | LeakPortName) => ({ permissions: portPermissions[port] });

describeSecretReaderContract(
  "over HTTP",
  async () => {
    const { admin, session, denied, shared } = await start("secretReader");
    return { ...shared, port: awsSecretReader(session), withoutRights: awsSecretReader(denied), admin };
  },
  permissionsOf("secretReader"),
);

describeSecretWriterContract(
  "over HTTP",
  async () => {
    const { admin, session, denied, shared } = await start("secretWriter");
    return { ...shared, port: awsSecretWriter(session), withoutRights: awsSecretWriter(denied), admin };
  },
  permissionsOf("secretWriter"),
);

describeTriggerContract(
  "over HTTP",
  async () => {
    const { admin, session, denied, shared } = await start("trigger");
    return { ...shared, port: awsTrigger(session), withoutRights: awsTrigger(denied), admin };
  },
  permissionsOf("trigger"),
);

describeLedgerContract(
  "over HTTP",
  async () => {
    const { aws, now, ledger, session, denied, shared } = await start("ledger");
    const options = { table: aws.ledgerTable.name, now };
    return {
      ...shared,
      ...ledger,
      port: awsLedger(session, options),
      withoutRights: awsLedger(denied, options),
    };
  },
  permissionsOf("ledger"),
);

describeSchedulerContract(
  "over HTTP",
  async () => {
    const { aws, now, scheduler, session, denied, shared } = await start("scheduler");
    const options = {
      group: "retirement",
      targetArn: aws.functionArns.retire,
      roleArn: aws.arns.schedulerRole[0] ?? "",
      deadLetterArn: aws.scheduleDeadLetters.arn,
      now,
    };
    return {
      ...shared,
      ...scheduler,
      port: awsScheduler(session, options),
      withoutRights: awsScheduler(denied, options),
    };
  },
  permissionsOf("scheduler"),
);

describeEmergenciesContract(
  "over HTTP",
  async () => {
    const { aws, now, simulator, emergencies, session, denied, shared } = await start("emergencies");
    const queueUrl = simulator.queueUrl(aws.emergencyQueue);
    const gone = new Queue({ name: "gone.fifo", arn: "", now, newId: () => "" });
    const everything = sessionOf(simulator, simulator.issueKey("unrestricted"));
    return {
      ...shared,
      ...emergencies,
      port: awsEmergencies(session, queueUrl),
      withoutRights: awsEmergencies(denied, queueUrl),
      missing: awsEmergencies(everything, simulator.queueUrl(gone)),
    };
  },
  permissionsOf("emergencies"),
);

for (const port of ["leaks", "reports"] as const)
  describeEmergenciesContract(
    `${port}, over HTTP`,
    async () => {
      const { aws, now, simulator, receiving, session, denied, shared } = await start(port);
      const queue = { leaks: aws.leakQueue, reports: aws.reportQueue }[port];
      const queueUrl = simulator.queueUrl(queue);
      const gone = new Queue({ name: "gone.fifo", arn: "", now, newId: () => "" });
      const everything = sessionOf(simulator, simulator.issueKey("unrestricted"));
      return {
        ...shared,
        ...receiving(queue),
        port: awsFifoQueue(session, queueUrl),
        withoutRights: awsFifoQueue(denied, queueUrl),
        missing: awsFifoQueue(everything, simulator.queueUrl(gone)),
      };
    },
    permissionsOf(port),
  );

describeLedgerContract(
  "of cases, over HTTP",
  async () => {
    const { aws, now, cases, session, denied, shared } = await start("cases");
    const options = () => ({ table: aws.leakTable.name, now });
    return {
      ...shared,
      ...cases,
      port: awsLedger(session, options),
      withoutRights: awsLedger(denied, options),
    };
  },
  permissionsOf("cases"),
);

describeDeliveryLogContract(
  "over HTTP",
  async () => {
    const { aws, now, ledger, session, denied, shared } = await start("deliveries");
    const options = { table: aws.leakTable.name, now };
    return {
      ...shared,
      ...ledger,
      port: awsDeliveryLog(session, options),
      withoutRights: awsDeliveryLog(denied, options),
    };
  },
  permissionsOf("deliveries"),
);

describeHeldSecretContract(
  "over HTTP",
  async () => {
    const { now, heldSecret, simulator, session, denied, shared } = await start("webhookSecrets");
    const options = { secretArn: heldSecretNames.webhookSecret, now };
    const everything = sessionOf(simulator, simulator.issueKey("unrestricted"));
    return {
      ...shared,
      ...heldSecret,
      port: awsHeldSecret(session, options),
      withoutRights: awsHeldSecret(denied, options),
      missing: awsHeldSecret(everything, { secretArn: "gone", now }),
    };
  },
  permissionsOf("webhookSecrets"),
);
