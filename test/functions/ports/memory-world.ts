import { createMemoryAws } from "../../../sandbox/aws/memory.ts";
import type { Queue } from "../../../sandbox/aws/sqs/queue.ts";
import { newVersionId } from "./contract.ts";
import type { EmergenciesHarness } from "./emergencies-contract.ts";
import type { HeldSecretHarness } from "./held-secret-contract.ts";
import type { LedgerHarness } from "./ledger-contract.ts";
import { memoryAdministrator } from "./memory-administrator.ts";
import type { SchedulerHarness } from "./scheduler-contract.ts";

/** The simulated AWS on a clock of its own, and what the harnesses see and do of it beside the port. */
export const memoryWorld = () => {
  let time = Date.parse("2026-11-21T10:20:30.400Z");
  const now = (): number => time;
  const delivered: unknown[] = [];
  const aws = createMemoryAws({
    clock: { now },
    newId: newVersionId,
    random: () => 0.99,
    invoke: async (_arn, event) => {
      delivered.push(event);
    },
  });

  const ledger = {
    now,
    pass: (milliseconds) => {
      time += milliseconds;
    },
    putItem: async (key, attributes) => {
      const texts = Object.entries(attributes).map(([name, text]) => [name, { S: text }]);
      aws.ledgerTable.write(key, () => ({ ...Object.fromEntries(texts), pk: { S: key } }));
    },
  } satisfies Partial<LedgerHarness>;

  const scheduler = {
    now,
    pass: async (milliseconds) => {
      const end = time + milliseconds;
      for (let next = aws.nextDue(); next !== undefined && next <= end; next = aws.nextDue()) {
        time = Math.max(time, next);
        await aws.runDue();
      }
      time = end;
    },
    delivered: () => delivered,
    scheduled: async (name) => {
      const schedule = aws.schedules.all.get(`retirement/${name}`);
      if (schedule === undefined) return undefined;
      const { Target } = aws.schedules.get("retirement", name);
      return { time: schedule.time, payload: JSON.parse(Target?.Input ?? "") };
    },
  } satisfies Partial<SchedulerHarness>;

  const receiving = (queue: Queue) =>
    ({
      pass: ledger.pass,
      receive: async ({ done } = { done: true }) => {
        const messages = queue.receive({ maximum: 10 });
        if (done) for (const { ReceiptHandle } of messages) queue.delete(ReceiptHandle ?? "");
        return messages.map(({ Body, Attributes }) => ({
          group: Attributes?.MessageGroupId ?? "",
          body: JSON.parse(Body ?? ""),
        }));
      },
    }) satisfies Partial<EmergenciesHarness>;

  /** As `ledger`, on the table of the cases. */
  const cases = {
    ...ledger,
    putItem: async (key, attributes) => {
      const texts = Object.entries(attributes).map(([name, text]) => [name, { S: text }]);
      aws.leakTable.write(key, () => ({ ...Object.fromEntries(texts), pk: { S: key } }));
    },
  } satisfies Partial<LedgerHarness>;

  const heldSecret = {
    pass: ledger.pass,
    change: async (value) => aws.setHeldSecret("webhookSecret", value),
  } satisfies Partial<HeldSecretHarness>;

  return {
    aws,
    now,
    admin: memoryAdministrator(aws),
    ledger,
    cases,
    scheduler,
    receiving,
    emergencies: receiving(aws.emergencyQueue),
    heldSecret,
  };
};
