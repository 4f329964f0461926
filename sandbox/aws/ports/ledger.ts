import { type Clock, type Lease, type Ledger, PortError } from "../../../functions/ports.ts";
import { conditionFailed, type Item, type Table } from "../dynamodb/table.ts";
import { AwsError } from "../error.ts";
import type { Caller } from "./caller.ts";

const text = (item: Item | undefined, name: string): string => item?.[name]?.S ?? "";
const number = (item: Item | undefined, name: string): number => Number(item?.[name]?.N ?? 0);

const isHeldBy = (item: Item | undefined, { holder, fence }: Lease): boolean =>
  text(item, "holder") === holder && number(item, "fence") === fence;

/** @throws PortError invalid */
const recordOf = (item: Item | undefined): unknown => {
  if (item?.record === undefined) return undefined;
  try {
    return JSON.parse(text(item, "record"));
  } catch (cause) {
    throw new PortError("invalid", `The row ${text(item, "pk")} holds no record that can be read.`, {
      cause,
    });
  }
};

/**
 * The ledger on a table with conditional writes: `pk`, `record` (JSON), `fence`, `holder`, `until` (milliseconds).
 * Whether a lease has ended is judged by the caller's clock, as the adapter does.
 */
export const ledgerPort = (
  table: Table,
  caller: Caller,
  clock: Clock,
  port: "ledger" | "cases" = "ledger",
): Ledger => {
  const call = <T>(operation: string, key: string, action: string, run: () => T): Promise<T> =>
    caller.call(port, operation, key, () => {
      caller.needs(action, table.arn);
      return run();
    });

  /** Changes the item under a condition; whether it held. */
  const update = (
    key: string,
    condition: (item: Item | undefined) => boolean,
    change: (item: Item | undefined) => Item,
  ): Item | undefined => {
    try {
      return table.write(key, (item) => {
        if (!condition(item)) throw conditionFailed();
        return change(item);
      });
    } catch (error) {
      if (error instanceof AwsError && error.name === "ConditionalCheckFailedException") return undefined;
      throw error;
    }
  };

  /** The lease, and the item as it is with it. */
  const take = (key: string, holder: string, seconds: number): { lease: Lease; item: Item } | undefined => {
    const now = clock.now();
    const until = now + seconds * 1000;
    const item = update(
      key,
      (before) =>
        before?.holder === undefined || number(before, "until") <= now || text(before, "holder") === holder,
      (before) => ({
        ...before,
        pk: { S: key },
        holder: { S: holder },
        until: { N: String(until) },
        fence: { N: String(number(before, "fence") + 1) },
      }),
    );
    return item && { lease: { key, holder, until, fence: number(item, "fence") }, item };
  };

  return {
    acquire: (key, holder, seconds) =>
      call("acquire", key, "dynamodb:UpdateItem", () => take(key, holder, seconds)?.lease),

    open: (key, holder, seconds) =>
      call("open", key, "dynamodb:UpdateItem", () => {
        const taken = take(key, holder, seconds);
        return taken && { lease: taken.lease, record: recordOf(taken.item) };
      }),

    release: (lease) =>
      call("release", lease.key, "dynamodb:UpdateItem", () => {
        update(
          lease.key,
          (item) => isHeldBy(item, lease),
          (item) => {
            const { holder: _holder, until: _until, ...rest } = item ?? {};
            return rest;
          },
        );
      }),

    read: (key) => call("read", key, "dynamodb:GetItem", () => recordOf(table.get(key))),

    write: (lease, record) =>
      call("write", lease.key, "dynamodb:UpdateItem", () => {
        const written = update(
          lease.key,
          (item) => isHeldBy(item, lease),
          (item) => ({ ...item, record: { S: JSON.stringify(record ?? null) } }),
        );
        if (written === undefined)
          throw new PortError("lease-lost", `The lease of ${lease.key} is no longer ${lease.holder}'s.`);
      }),

    all: () =>
      call("all", table.name, "dynamodb:Scan", () => {
        const records = new Map<string, unknown>();
        let startAfter: string | undefined;
        do {
          const page = table.scan(startAfter === undefined ? {} : { startAfter });
          for (const item of page.items)
            if (item.record !== undefined) records.set(text(item, "pk"), recordOf(item));
          startAfter = page.lastKey;
        } while (startAfter !== undefined);
        return records;
      }),
  };
};
