import type { Queue } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName } from "./contract.ts";

export interface EmergenciesHarness extends Harness<Queue> {
  /** The port on a queue that does not exist. */
  missing: Queue;
  /** Takes up to ten messages out of the queue, and says that they are done where `done` is not false. */
  receive(options?: { done: boolean }): Promise<{ group: string; body: unknown }[]>;
  /** Lets time pass for the service. */
  pass(milliseconds: number): void;
}

/**
 * What a FIFO queue promises, from the documentation of SQS
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html).
 */
export const describeEmergenciesContract = (
  of: string,
  make: () => Promise<EmergenciesHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a queue: ${of}`, () => {
    const contract = new Contract(make, options);

    /** Everything that is in the queue, in the order in which it comes. */
    const drain = async ({ receive }: EmergenciesHarness): Promise<{ group: string; body: unknown }[]> => {
      const all = [];
      for (let batch = await receive(); batch.length > 0; batch = await receive()) all.push(...batch);
      return all;
    };

    contract.test("delivers a message as it was sent", async (harness) => {
      const body = { credentialId: "crm-sync", reason: 'leaked: "ä ☃"\n' };
      await harness.port.send({ group: "crm-sync", deduplicationId: newName("id"), body });
      expect(await drain(harness)).toEqual([{ group: "crm-sync", body }]);
    });

    contract.test("keeps the messages of a group in order", async (harness) => {
      for (let number = 0; number < 12; number += 1) {
        const group = number % 2 === 0 ? "even" : "odd";
        await harness.port.send({ group, deduplicationId: newName("id"), body: { number } });
      }
      const received = await drain(harness);
      const of = (name: string) =>
        received.filter(({ group }) => group === name).map(({ body }) => (body as { number: number }).number);
      expect(of("even")).toEqual([0, 2, 4, 6, 8, 10]);
      expect(of("odd")).toEqual([1, 3, 5, 7, 9, 11]);
    });

    contract.test(
      "drops a repeated id",
      async (harness) => {
        const deduplicationId = newName("id");
        await harness.port.send({ group: "a", deduplicationId, body: { first: true } });
        await harness.port.send({ group: "a", deduplicationId, body: { second: true } });
        expect((await drain(harness)).map(({ body }) => body)).toEqual([{ first: true }]);
        await harness.port.send({ group: "a", deduplicationId, body: { third: true } });
        expect(await drain(harness)).toEqual([]);
      },
      "deduplication-ends-with-deletion",
    );

    contract.test(
      "takes an id again after five minutes",
      async (harness) => {
        const deduplicationId = newName("id");
        await harness.port.send({ group: "a", deduplicationId, body: { first: true } });
        harness.pass(299_000);
        await harness.port.send({ group: "a", deduplicationId, body: { second: true } });
        harness.pass(2_000);
        await harness.port.send({ group: "a", deduplicationId, body: { third: true } });
        expect((await drain(harness)).map(({ body }) => body)).toEqual([{ first: true }, { third: true }]);
      },
      "own-clock",
    );

    contract.test(
      "delivers nothing of a group while one of its messages is worked on, but of others",
      async (harness) => {
        await harness.port.send({ group: "a", deduplicationId: newName("id"), body: 1 });
        expect(await harness.receive({ done: false })).toEqual([{ group: "a", body: 1 }]);
        await harness.port.send({ group: "a", deduplicationId: newName("id"), body: 2 });
        await harness.port.send({ group: "b", deduplicationId: newName("id"), body: 3 });
        expect(await harness.receive()).toEqual([{ group: "b", body: 3 }]);
        expect(await harness.receive()).toEqual([]);
      },
    );

    contract.test(
      "delivers again, and first, what was not said to be done",
      async (harness) => {
        await harness.port.send({ group: "a", deduplicationId: newName("id"), body: 1 });
        expect(await harness.receive({ done: false })).toHaveLength(1);
        await harness.port.send({ group: "a", deduplicationId: newName("id"), body: 2 });
        harness.pass(3600_000);
        expect((await drain(harness)).map(({ body }) => body)).toEqual([1, 2]);
      },
      "own-clock",
    );

    contract.test("does not find a queue that is not there", async ({ missing }) => {
      const message = { group: "a", deduplicationId: newName("id"), body: {} };
      expect(await codeOf(missing.send(message))).toBe("not-found");
    });

    contract.denies<Queue>({
      send: (port) => port.send({ group: "a", deduplicationId: newName("id"), body: {} }),
    });
  });
