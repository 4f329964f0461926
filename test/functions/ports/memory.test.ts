/**
 * The ports in memory keep the contracts, with no right but those that each adapter declares; and all of those are
 * needed.
 */
import { portPermissions } from "../../../functions/aws/permissions.ts";
import type { LeakPortName, PortName } from "../../../functions/catalog.ts";
import { policyOf } from "../../../sandbox/aws/iam/derived.ts";
import { Caller } from "../../../sandbox/aws/ports/caller.ts";
import { heldSecretPort } from "../../../sandbox/aws/ports/held-secrets.ts";
import { queuePort } from "../../../sandbox/aws/ports/messages.ts";
import { describeDeliveryLogContract } from "./delivery-log-contract.ts";
import { describeEmergenciesContract } from "./emergencies-contract.ts";
import { describeHeldSecretContract } from "./held-secret-contract.ts";
import { describeLedgerContract } from "./ledger-contract.ts";
import { memoryWorld } from "./memory-world.ts";
import { describeMetricsContract } from "./metrics-contract.ts";
import { describeSchedulerContract } from "./scheduler-contract.ts";
import { describeSecretReaderContract } from "./secret-reader-contract.ts";
import { describeSecretWriterContract } from "./secret-writer-contract.ts";
import { describeTriggerContract } from "./trigger-contract.ts";

const start = (port: PortName | LeakPortName) => {
  const world = memoryWorld();
  const ports = world.aws.portsFor(policyOf(portPermissions[port], world.aws.arns));
  const denied = world.aws.portsFor({ Statement: [] });
  return { ...world, ports, denied, exercised: () => ports.exercised };
};

const permissionsOf = (port: PortName | LeakPortName) => ({ permissions: portPermissions[port] });

describeSecretReaderContract(
  "in memory",
  async () => {
    const { admin, ports, denied, exercised } = start("secretReader");
    return { port: ports.secrets, withoutRights: denied.secrets, admin, exercised };
  },
  permissionsOf("secretReader"),
);

describeSecretWriterContract(
  "in memory",
  async () => {
    const { admin, ports, denied, exercised } = start("secretWriter");
    return { port: ports.secrets, withoutRights: denied.secrets, admin, exercised };
  },
  permissionsOf("secretWriter"),
);

describeTriggerContract(
  "in memory",
  async () => {
    const { admin, ports, denied, exercised } = start("trigger");
    return { port: ports.trigger, withoutRights: denied.trigger, admin, exercised };
  },
  permissionsOf("trigger"),
);

describeLedgerContract(
  "in memory",
  async () => {
    const { ledger, ports, denied, exercised } = start("ledger");
    return { ...ledger, port: ports.ledger, withoutRights: denied.ledger, exercised };
  },
  permissionsOf("ledger"),
);

describeSchedulerContract(
  "in memory",
  async () => {
    const { scheduler, ports, denied, exercised } = start("scheduler");
    return { ...scheduler, port: ports.scheduler, withoutRights: denied.scheduler, exercised };
  },
  permissionsOf("scheduler"),
);

describeEmergenciesContract(
  "in memory",
  async () => {
    const { emergencies, ports, denied, exercised } = start("emergencies");
    const missing = queuePort(undefined, new Caller("unrestricted", []));
    return { ...emergencies, port: ports.emergencies, withoutRights: denied.emergencies, missing, exercised };
  },
  permissionsOf("emergencies"),
);

for (const port of ["leaks", "reports"] as const)
  describeEmergenciesContract(
    `${port}, in memory`,
    async () => {
      const { aws, receiving, ports, denied, exercised } = start(port);
      const missing = queuePort(undefined, new Caller("unrestricted", []), port);
      const queue = { leaks: aws.leakQueue, reports: aws.reportQueue }[port];
      return { ...receiving(queue), port: ports[port], withoutRights: denied[port], missing, exercised };
    },
    permissionsOf(port),
  );

describeLedgerContract(
  "of cases, in memory",
  async () => {
    const { cases, ports, denied, exercised } = start("cases");
    return { ...cases, port: ports.cases, withoutRights: denied.cases, exercised };
  },
  permissionsOf("cases"),
);

describeDeliveryLogContract(
  "in memory",
  async () => {
    const { ledger, ports, denied, exercised } = start("deliveries");
    return { ...ledger, port: ports.deliveries, withoutRights: denied.deliveries, exercised };
  },
  permissionsOf("deliveries"),
);

describeHeldSecretContract(
  "in memory",
  async () => {
    const { aws, now, heldSecret, ports, denied, exercised } = start("webhookSecrets");
    const unrestricted = new Caller("unrestricted", []);
    const missing = heldSecretPort(aws.secretsManager, unrestricted, aws.place, "gone", { now });
    return {
      ...heldSecret,
      port: ports.webhookSecrets,
      withoutRights: denied.webhookSecrets,
      missing,
      exercised,
    };
  },
  permissionsOf("webhookSecrets"),
);

describeMetricsContract("in memory", async () => {
  const { metrics } = start("ledger").ports;
  return { port: metrics, written: () => metrics.emitted };
});
