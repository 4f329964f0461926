import type { Permission } from "../../../functions/permissions.ts";
import { PortError, type PortErrorCode } from "../../../functions/ports.ts";

/**
 * Where an emulator is known to be unlike AWS. The suites say what AWS does; the tests that such a thing concerns must
 * then fail, so that we learn when the emulator has been mended.
 */
export type Deviation =
  /** A version that a rotation has begun has a value, or there is none. */
  | "no-empty-pending-version"
  /** RotateSecret is let through while another version is pending, or refused while none is. */
  | "pending-check-inverted"
  /** Needs no function to start a rotation. */
  | "rotates-without-function"
  /** The same version id is taken with another value. */
  | "token-not-idempotent"
  /** Labels move although the call names the wrong version. */
  | "labels-unguarded"
  /** A label other than AWSCURRENT stays on the version that it was moved from. */
  | "labels-on-two-versions"
  /** A move that is refused has taken the label off already. */
  | "refused-moves-half-done"
  /** The id of a message that was taken out and deleted is forgotten before its five minutes. */
  | "deduplication-ends-with-deletion"
  /** A secret that is scheduled for deletion can still be changed. */
  | "deleted-secrets-writable"
  /** Schedules are kept, and nothing is ever delivered. */
  | "schedules-never-fire"
  /** The emulator has a clock of its own, which cannot be moved. */
  | "own-clock"
  /** Accepts any name of a schedule. */
  | "schedule-names-unchecked"
  /** Lets everybody do everything. */
  | "asks-nobody-for-rights";

export interface ContractOptions {
  deviations?: readonly Deviation[];
  /** What the port's adapter declares: exactly these actions must have been needed in the end. */
  permissions?: readonly Permission[];
}

/** What every harness has. */
export interface Harness<Port> {
  port: Port;
  /** The port of somebody who may do nothing; left out with the deviation `asks-nobody-for-rights`. */
  withoutRights?: Port;
  /** The actions that the port has needed so far; left out where nobody knows. */
  exercised?(): Iterable<string>;
  close?(): Promise<void>;
}

/** Declares the tests of a contract, with a new harness for each. */
export class Contract<H extends Harness<unknown>> {
  readonly #make: () => Promise<H>;
  readonly #deviations: readonly Deviation[];
  readonly #exercised = new Set<string>();

  constructor(make: () => Promise<H>, { deviations = [], permissions }: ContractOptions) {
    this.#make = make;
    this.#deviations = deviations;
    if (permissions === undefined) return;
    // Declared first, run last: hooks are the only thing that jest runs after every test of the suite.
    afterAll(() => {
      const declared = new Set(permissions.flatMap(({ actions }) => actions));
      expect([...this.#exercised].sort()).toEqual([...declared].sort());
    });
  }

  /** A test that AWS passes; with one of the deviations it must fail. */
  test(name: string, body: (harness: H) => Promise<void>, ...concerns: readonly Deviation[]): void {
    const run = async (): Promise<void> => {
      const harness = await this.#make();
      try {
        await body(harness);
      } finally {
        for (const action of harness.exercised?.() ?? []) this.#exercised.add(action);
        await harness.close?.();
      }
    };
    const deviation = concerns.find((each) => this.#deviations.includes(each));
    if (deviation === undefined) test(name, run);
    else test.failing(`${name} [known deviation: ${deviation}]`, run);
  }

  /** Nothing of the port works for somebody without rights. */
  denies<P>(operations: Readonly<Record<string, (port: P, harness: H) => Promise<unknown>>>): void {
    for (const [operation, call] of Object.entries(operations)) {
      this.test(
        `${operation} is denied to a caller without rights`,
        async (harness) => {
          if (harness.withoutRights === undefined) throw new Error("Nobody is asked for rights.");
          expect(await codeOf(call(harness.withoutRights as P, harness))).toBe("denied");
        },
        "asks-nobody-for-rights",
      );
    }
  }
}

/** The code that a call fails with. Fails itself where the call does not. */
export const codeOf = async (call: Promise<unknown>): Promise<PortErrorCode> => {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error("The call was expected to fail, and did not.");
  if (!(outcome.error instanceof PortError)) throw outcome.error;
  return outcome.error.code;
};

let count = 0;
/** Ids as the service wants them for versions: 32 to 64 characters, each different. */
export const newVersionId = (): string => {
  count += 1;
  return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
};

/** A name that no other test of the run uses. */
export const newName = (what: string): string => {
  count += 1;
  return `${what}-${process.pid}-${count}`;
};
