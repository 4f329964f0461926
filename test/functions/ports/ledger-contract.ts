import type { Lease, Ledger } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, codeOf, type Harness, newName } from "./contract.ts";

export interface LedgerHarness extends Harness<Ledger> {
  /** Lets time pass for those who look whether a lease has ended. */
  pass(milliseconds: number): void;
  now(): number;
  /** Puts an item into the table as somebody else might; attributes beside the key `pk`, all of them strings. */
  putItem(key: string, attributes: Record<string, string>): Promise<void>;
}

const leaseOf = async (ledger: Ledger, key: string, holder: string, seconds = 60): Promise<Lease> => {
  const lease = await ledger.acquire(key, holder, seconds);
  if (lease === undefined) throw new Error(`${holder} should have got the lease of ${key}.`);
  return lease;
};

/**
 * What `Ledger` promises, from the documentation of DynamoDB's conditional writes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html).
 */
export const describeLedgerContract = (
  of: string,
  make: () => Promise<LedgerHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a ledger: ${of}`, () => {
    const contract = new Contract(make, options);

    contract.test("has no record of a key that nobody has written", async ({ port }) => {
      expect(await port.read(newName("nothing"))).toBeUndefined();
    });

    contract.test("gives back what the holder of the lease wrote", async ({ port }) => {
      const key = newName("credential#one");
      const record = {
        phase: "draining",
        at: 12.5,
        list: [1, "two", null],
        nested: { text: "ä \u0000 ☃ \"'" },
      };
      const lease = await leaseOf(port, key, "a");
      await port.write(lease, record);
      expect(await port.read(key)).toEqual(record);
      await port.write(lease, { phase: "retired" });
      expect(await port.read(key)).toEqual({ phase: "retired" });
    });

    contract.test("gives the lease and the record of that moment in one", async ({ port }) => {
      const key = newName("credential#opened");
      expect(await port.open(key, "a", 60)).toEqual({
        lease: { key, holder: "a", fence: expect.any(Number), until: expect.any(Number) },
        record: undefined,
      });
      const lease = await leaseOf(port, key, "a");
      await port.write(lease, { phase: "live" });
      expect(await port.open(key, "b", 60)).toBeUndefined();
      const again = await port.open(key, "a", 60);
      expect(again?.record).toEqual({ phase: "live" });
      expect(again?.lease.fence).toBeGreaterThan(lease.fence);
      expect(await codeOf(port.write(lease, {}))).toBe("lease-lost");
      if (again !== undefined) await port.write(again.lease, { phase: "retired" });
      expect(await port.read(key)).toEqual({ phase: "retired" });
    });

    contract.test(
      "gives the lease, and no record, of a row that cannot be read",
      async ({ port, putItem }) => {
        const key = newName("credential#unreadable");
        await putItem(key, { record: "{" });
        expect(await codeOf(port.open(key, "a", 60))).toBe("invalid");
        expect(await port.acquire(key, "b", 60)).toBeUndefined();
        const lease = await leaseOf(port, key, "a");
        await port.write(lease, { phase: "live" });
        expect(await port.read(key)).toEqual({ phase: "live" });
      },
    );

    contract.test("keeps the record when the lease is released, taken and ends", async ({ port, pass }) => {
      const key = newName("credential#kept");
      const lease = await leaseOf(port, key, "a");
      await port.write(lease, { kept: true });
      await port.release(lease);
      expect(await port.read(key)).toEqual({ kept: true });
      await leaseOf(port, key, "b");
      pass(120_000);
      await leaseOf(port, key, "c");
      expect(await port.read(key)).toEqual({ kept: true });
    });

    contract.test("a lease without a record is none", async ({ port }) => {
      const key = newName("credential#leased");
      await leaseOf(port, key, "a");
      expect(await port.read(key)).toBeUndefined();
      expect([...(await port.all()).keys()]).not.toContain(key);
    });

    contract.test("tells holder, key and end of a lease", async ({ port, now }) => {
      const key = newName("credential#told");
      const before = now();
      const lease = await leaseOf(port, key, "a", 90);
      expect(lease).toMatchObject({ key, holder: "a" });
      expect(lease.until - before).toBeGreaterThanOrEqual(90_000);
      expect(lease.until - now()).toBeLessThanOrEqual(90_000);
    });

    contract.test("gives a lease to one of those who ask at once", async ({ port }) => {
      const key = newName("credential#race");
      const holders = ["a", "b", "c", "d", "e"];
      const leases = await Promise.all(holders.map((holder) => port.acquire(key, holder, 60)));
      expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    });

    contract.test("lets nobody else in while a lease lasts, and another after its end", async (harness) => {
      const { port, pass } = harness;
      const key = newName("credential#taken");
      const first = await leaseOf(port, key, "a", 60);
      pass(59_000);
      expect(await port.acquire(key, "b", 60)).toBeUndefined();
      pass(2_000);
      const second = await leaseOf(port, key, "b", 60);
      expect(second.fence).toBeGreaterThan(first.fence);
    });

    contract.test(
      "gives the holder a new lease with a higher fence, and the old one is lost",
      async ({ port }) => {
        const key = newName("credential#again");
        const first = await leaseOf(port, key, "a");
        const second = await leaseOf(port, key, "a");
        expect(second.fence).toBeGreaterThan(first.fence);
        await port.write(second, { by: "second" });
        expect(await codeOf(port.write(first, { by: "first" }))).toBe("lease-lost");
        expect(await port.read(key)).toEqual({ by: "second" });
      },
    );

    contract.test("writes nothing for a holder whose lease was taken over", async ({ port, pass }) => {
      const key = newName("credential#late");
      const slow = await leaseOf(port, key, "slow", 60);
      await port.write(slow, { by: "slow" });
      pass(61_000);
      const quick = await leaseOf(port, key, "quick", 60);
      expect(await codeOf(port.write(slow, { by: "slow again" }))).toBe("lease-lost");
      expect(await port.read(key)).toEqual({ by: "slow" });
      await port.write(quick, { by: "quick" });
      expect(await port.read(key)).toEqual({ by: "quick" });
    });

    contract.test("writes nothing for a lease that never was, or was released", async ({ port }) => {
      const key = newName("credential#forged");
      const until = Date.parse("2100-01-01");
      const forged = { key, holder: "a", fence: 1, until };
      expect(await codeOf(port.write(forged, {}))).toBe("lease-lost");
      const lease = await leaseOf(port, key, "a");
      await port.release(lease);
      expect(await codeOf(port.write(lease, {}))).toBe("lease-lost");
      expect(await port.read(key)).toBeUndefined();
    });

    contract.test("lets the next one in at once after a release, with a higher fence", async ({ port }) => {
      const key = newName("credential#released");
      const first = await leaseOf(port, key, "a", 600);
      await port.release(first);
      expect((await leaseOf(port, key, "b", 600)).fence).toBeGreaterThan(first.fence);
    });

    contract.test("a release of a lost lease does nothing to the new holder's", async ({ port, pass }) => {
      const key = newName("credential#lost");
      const first = await leaseOf(port, key, "a", 60);
      pass(61_000);
      const second = await leaseOf(port, key, "b", 600);
      await port.release(first);
      expect(await port.acquire(key, "c", 60)).toBeUndefined();
      await port.write(second, { by: "b" });
    });

    contract.test("keeps keys apart", async ({ port }) => {
      const [one, two] = [newName("credential#apart"), newName("credential#apart")];
      await port.write(await leaseOf(port, one, "a"), { key: 1 });
      await port.write(await leaseOf(port, two, "b"), { key: 2 });
      expect([await port.read(one), await port.read(two)]).toEqual([{ key: 1 }, { key: 2 }]);
    });

    contract.test("lists every record, over as many pages as it takes", async ({ port }) => {
      const padding = "x".repeat(120_000);
      const keys = Array.from({ length: 20 }, (_, number) => newName(`credential#page${number}`));
      for (const key of keys) await port.write(await leaseOf(port, key, "a"), { key, padding });
      const all = await port.all();
      for (const key of keys) expect(all.get(key)).toEqual({ key, padding });
    });

    contract.test("fails rather than leave out a record that cannot be read", async ({ port, putItem }) => {
      const key = newName("credential#broken");
      await putItem(key, { record: "{ not JSON" });
      expect(await codeOf(port.read(key))).toBe("invalid");
      expect(await codeOf(port.all())).toBe("invalid");
    });

    contract.denies<Ledger>({
      acquire: (port) => port.acquire(newName("credential#denied"), "a", 60),
      open: (port) => port.open(newName("credential#denied"), "a", 60),
      read: (port) => port.read(newName("credential#denied")),
      write: (port) => port.write({ key: "x", holder: "a", fence: 1, until: 0 }, {}),
      release: (port) => port.release({ key: "x", holder: "a", fence: 1, until: 0 }),
      all: (port) => port.all(),
    });
  });
