import type { Scheduler } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName } from "./contract.ts";

export interface SchedulerHarness extends Harness<Scheduler> {
  now(): number;
  /** Lets time pass for the service and the port. */
  pass(milliseconds: number): Promise<void>;
  /** What the service has noted under that name. */
  scheduled(name: string): Promise<{ time: number; payload: unknown } | undefined>;
  /** With what the retire function has been called so far. */
  delivered(): readonly unknown[];
}

const hour = 3600_000;
const minute = 60_000;

/**
 * What `Scheduler` promises, from the documentation of EventBridge Scheduler
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 */
export const describeSchedulerContract = (
  of: string,
  make: () => Promise<SchedulerHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a scheduler: ${of}`, () => {
    const contract = new Contract(make, options);
    const payload = { credentialId: "crm-sync", clientId: "7c9e6679-7425-40de-944b-e07fc1f90ae7" };

    contract.test("notes a call for that time, at most a second later", async (harness) => {
      const name = newName("retire");
      const time = harness.now() + hour + 123;
      await harness.port.at(name, time, payload);
      const scheduled = await harness.scheduled(name);
      expect(scheduled?.payload).toEqual(payload);
      expect(scheduled?.time).toBeGreaterThanOrEqual(time);
      expect(scheduled?.time).toBeLessThan(time + 1000);
    });

    contract.test("moves the time when the name comes again, earlier and later", async (harness) => {
      const name = newName("retire");
      for (const hours of [5, 9, 2]) {
        const time = Math.ceil((harness.now() + hours * hour) / 1000) * 1000;
        await harness.port.at(name, time, { hours });
        expect(await harness.scheduled(name)).toEqual({ time, payload: { hours } });
      }
    });

    contract.test("keeps names apart", async (harness) => {
      const [one, two] = [newName("retire"), newName("retire")];
      await harness.port.at(one, harness.now() + hour, { one: true });
      await harness.port.at(two, harness.now() + 2 * hour, { two: true });
      expect((await harness.scheduled(one))?.payload).toEqual({ one: true });
      expect((await harness.scheduled(two))?.payload).toEqual({ two: true });
    });

    // Whether the service takes a time that has passed is not documented, and sources differ: none is sent.
    contract.test("takes a time that has passed as the next moment", async (harness) => {
      const name = newName("retire");
      const before = harness.now();
      await harness.port.at(name, before - 30 * 24 * hour, payload);
      const time = (await harness.scheduled(name))?.time;
      expect(time).toBeGreaterThan(before);
      expect(time).toBeLessThanOrEqual(harness.now() + 2 * minute);
    });

    contract.test("takes names of 64 characters", async (harness) => {
      const name = newName("retire_A-1.").padEnd(64, "x");
      await harness.port.at(name, harness.now() + hour, payload);
      expect((await harness.scheduled(name))?.payload).toEqual(payload);
    });

    contract.test(
      "refuses names that the service does not know",
      async ({ port, now }) => {
        for (const name of ["with space", "x".repeat(65)])
          expect(await codeOf(port.at(name, now() + hour, payload))).toBe("invalid");
      },
      "schedule-names-unchecked",
    );

    contract.test(
      "has the function called once, not before the time and at most a minute later",
      async ({ port, now, pass, delivered }) => {
        await port.at(newName("retire"), now() + hour, payload);
        await pass(hour - 1000);
        expect(delivered()).toEqual([]);
        await pass(minute + 2000);
        expect(delivered()).toEqual([payload]);
        await pass(48 * hour);
        expect(delivered()).toEqual([payload]);
      },
      "schedules-never-fire",
    );

    contract.test(
      "has the function called at the last time that was given",
      async ({ port, now, pass, delivered }) => {
        const name = newName("retire");
        await port.at(name, now() + hour, { first: true });
        await port.at(name, now() + 3 * hour, { second: true });
        await pass(2 * hour);
        expect(delivered()).toEqual([]);
        await pass(2 * hour);
        expect(delivered()).toEqual([{ second: true }]);
      },
      "schedules-never-fire",
    );

    contract.test(
      "has the function called at once for a time that has passed",
      async ({ port, now, pass, delivered }) => {
        await port.at(newName("retire"), now() - hour, payload);
        await pass(2 * minute);
        expect(delivered()).toEqual([payload]);
      },
      "schedules-never-fire",
    );

    contract.test(
      "takes a name again after its call",
      async ({ port, now, pass, delivered }) => {
        const name = newName("retire");
        await port.at(name, now() + hour, { first: true });
        await pass(2 * hour);
        await port.at(name, now() + hour, { second: true });
        await pass(2 * hour);
        expect(delivered()).toEqual([{ first: true }, { second: true }]);
      },
      "schedules-never-fire",
    );

    contract.denies<Scheduler>({
      at: (port, harness) => port.at(newName("retire"), (harness as SchedulerHarness).now() + hour, payload),
    });
  });
