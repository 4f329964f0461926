import {
  type HeldCredential,
  holdingCredential,
  leaseWaitsMilliseconds,
} from "../../../../providers/genesys/client/credential-lease.ts";
import {
  CredentialBusyError,
  LedgerGoneError,
} from "../../../../providers/genesys/client/rotation-errors.ts";
import { owner, type RotatedWorld, startRotated } from "./rotated-world.ts";

const key = "credential#crm";
let the: RotatedWorld;
let time: number;
beforeEach(async () => {
  time = Date.UTC(2026, 10, 21);
  the = await startRotated({ clock: () => time });
});
afterEach(() => the.close());

const hold = <T>(work: (held: HeldCredential) => Promise<T>, more: object = {}): Promise<T> =>
  holdingCredential(
    the.organisation.session(),
    { owner, ledgerTable: the.table.name, awsRegion: "us-east-1", ...more },
    work,
  );
const item = () => the.table.get(key);

test("the waits last longer than the longest function of the rotator that changes one credential", () => {
  const seconds = leaseWaitsMilliseconds.reduce((sum, wait) => sum + wait, 0) / 1000;
  expect(seconds).toBeGreaterThan(300);
  expect(seconds).toBeLessThan(600);
});

test("a lease is held for the work, names this machine, and is given back", async () => {
  await hold(async () => {
    expect(item()?.holder?.S).toMatch(/^pulumi on /);
    expect(Number(item()?.until?.N)).toBe(time + 900_000);
  });
  expect(item()?.holder).toBeUndefined();
});

test("is given back where the work fails, too", async () => {
  await expect(
    hold(async () => {
      throw new Error("the platform is down");
    }),
  ).rejects.toThrow("the platform is down");
  expect(item()?.holder).toBeUndefined();
});

test("is prolonged where little time is left, and only there", async () => {
  await hold(async (held) => {
    const fence = item()?.fence?.N;
    time += 200_000;
    await held.stay();
    expect(item()?.fence?.N).toBe(fence);
    time += 200_000;
    await held.stay();
    expect(item()?.fence?.N).not.toBe(fence);
    expect(Number(item()?.until?.N)).toBe(time + 900_000);
    await held.note({ intents: [], generations: [] });
  });
  expect(item()?.holder).toBeUndefined();
});

test("that somebody else has taken over ends the work: nothing is noted any more", async () => {
  await expect(
    hold(async (held) => {
      time += 1_000_000;
      the.lease(time + 60_000);
      await expect(held.note({ intents: [], generations: [] })).rejects.toThrow(/no longer holds the lease/);
      await held.stay();
    }),
  ).rejects.toThrow(CredentialBusyError);
  expect(item()?.holder?.S).toBe("rotate-1");
  expect(item()?.record).toBeUndefined();
});

test("that cannot be given back is said, and spoils nothing", async () => {
  const done = await hold(async () => {
    the.aws.faults.add({ fault: { kind: "status", status: 500 } });
    return "done";
  });
  expect(done).toBe("done");
  expect(the.organisation.warnings.join()).toContain(
    'The lease of the credential "crm" could not be given back: its rotation waits until 2026-11-21T00:15:00.000Z.',
  );
});

test("an outage of the ledger is no missing table", async () => {
  the.aws.faults.add({ fault: { kind: "status", status: 500 } });
  const failure = await hold(async () => "done").catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(LedgerGoneError);
  expect(String(failure)).toContain("Amazon DynamoDB");
  the.aws.faults.clear();
  await expect(hold(async () => "done", { ledgerTable: "gone" })).rejects.toThrow(LedgerGoneError);
});

test("a prefix that names no resource is its own name", async () => {
  await hold(async () => undefined, { owner: "guard:odd" });
  expect(the.table.get("credential#guard:odd")).toBeDefined();
});

test("whoever gave way just now is not named", () => {
  expect(new CredentialBusyError("crm", "ledger", undefined).message).toMatch(
    /^Somebody has the right to change/,
  );
});
