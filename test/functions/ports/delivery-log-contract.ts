import type { DeliveryLog } from "../../../functions/ports.ts";
import { Contract, type ContractOptions, type Harness, newName } from "./contract.ts";

export interface DeliveryLogHarness extends Harness<DeliveryLog> {
  /** Lets time pass for those who look whether an id has expired. */
  pass(milliseconds: number): void;
}

/**
 * What `DeliveryLog` promises, from the documentation of DynamoDB's conditional writes and its time to live
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html).
 */
export const describeDeliveryLogContract = (
  of: string,
  make: () => Promise<DeliveryLogHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a log of deliveries: ${of}`, () => {
    const contract = new Contract(make, options);

    contract.test("knows an id that came before, and no other", async ({ port }) => {
      const [one, other] = [newName("delivery"), newName("delivery")];
      expect(await port.remember(one, 60)).toBe("new");
      expect(await port.remember(one, 60)).toBe("known");
      expect(await port.remember(other, 60)).toBe("new");
      expect(await port.remember(one, 60)).toBe("known");
    });

    contract.test("says `new` to one of many at once", async ({ port }) => {
      const id = newName("delivery");
      const told = await Promise.all(Array.from({ length: 12 }, () => port.remember(id, 60)));
      expect(told.filter((each) => each === "new")).toHaveLength(1);
    });

    contract.test("forgets an id after its time", async ({ port, pass }) => {
      const id = newName("delivery");
      expect(await port.remember(id, 60)).toBe("new");
      pass(58_000);
      expect(await port.remember(id, 60)).toBe("known");
      pass(3_000);
      expect(await port.remember(id, 60)).toBe("new");
      expect(await port.remember(id, 60)).toBe("known");
    });

    contract.denies<DeliveryLog>({ remember: (port) => port.remember(newName("delivery"), 60) });
  });
