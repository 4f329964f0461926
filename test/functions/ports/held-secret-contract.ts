import type { HeldSecret } from "../../../functions/ports.ts";
import { newSecret } from "../../apis/aws/harness.ts";
import { Contract, type ContractOptions, codeOf, type Harness } from "./contract.ts";

export interface HeldSecretHarness extends Harness<HeldSecret> {
  /** The port on a secret that does not exist. */
  missing: HeldSecret;
  /** Gives the secret another value, as somebody else does. */
  change(value: string): Promise<void>;
  /** Lets time pass for the function. */
  pass(milliseconds: number): void;
}

/** What `HeldSecret` promises. */
export const describeHeldSecretContract = (
  of: string,
  make: () => Promise<HeldSecretHarness>,
  options: ContractOptions = {},
): void =>
  describe(`a secret of the functions' own: ${of}`, () => {
    const contract = new Contract(make, options);

    contract.test("is read once, and kept for some minutes", async ({ port, change, pass }) => {
      const [before, after] = [newSecret(), newSecret()];
      await change(before);
      expect((await port.read()).reveal()).toBe(before);
      await change(after);
      pass(60_000);
      expect((await port.read()).reveal()).toBe(before);
      pass(300_000);
      expect((await port.read()).reveal()).toBe(after);
    });

    contract.test(
      "is read again where that is asked for, and kept as it is then",
      async ({ port, change }) => {
        const [before, after] = [newSecret(), newSecret()];
        await change(before);
        await port.read();
        await change(after);
        expect((await port.read({ fresh: true })).reveal()).toBe(after);
        expect((await port.read()).reveal()).toBe(after);
        expect((await port.read({ fresh: false })).reveal()).toBe(after);
      },
    );

    contract.test("shows itself to nobody who does not ask for it", async ({ port, change }) => {
      const value = newSecret();
      await change(value);
      expect(`${await port.read()} ${JSON.stringify(await port.read())}`).not.toContain(value);
    });

    contract.test("that is not there is not found, and looked for again", async ({ missing }) => {
      expect(await codeOf(missing.read())).toBe("not-found");
      expect(await codeOf(missing.read())).toBe("not-found");
    });

    contract.denies<HeldSecret>({ read: (port) => port.read() });
  });
