import { type AttributeValue, dynamodbTable, type Item } from "./dynamodb.ts";
import { ConditionFailedError } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** The right to write one key's record. */
export interface TableLease {
  readonly key: string;
  readonly holder: string;
  /** Rises with every lease of the key. */
  readonly fence: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The lease is somebody else's now, or never was the caller's. Nothing was written. */
export class LeaseLostError extends Error {
  readonly code = "lease-lost";

  constructor({ key, holder, fence }: TableLease, options?: ErrorOptions) {
    super(
      `${holder} no longer holds the lease of ${key} (number ${fence}): another holder has taken it over. Leave the work to it.`,
      options,
    );
    this.name = "LeaseLostError";
  }
}

/** A row that cannot be read as one of ours: somebody else writes to the table. */
export class LedgerRecordError extends Error {
  readonly code = "unreadable-record";

  constructor(table: string, key: string) {
    super(
      `The row "${key}" of the table ${table} holds no record that can be read. Delete it: it is made anew from the platform and the secret store.`,
    );
    this.name = "LedgerRecordError";
  }
}

/**
 * Records with a lease each, in a DynamoDB table whose key is the string `pk`. An item has `record` (JSON text),
 * `fence`, `holder` and `until` (milliseconds since 1970). The item stays when its lease ends: its fence never falls.
 */
export interface TableLedger {
  /** Undefined while somebody else holds it. Who asks again gets a new lease with a higher fence. */
  acquire(key: string, holder: string, seconds: number): Promise<TableLease | undefined>;
  /** As `acquire`, with the record as it is at that moment. @throws LedgerRecordError, the lease then being the caller's */
  open(
    key: string,
    holder: string,
    seconds: number,
  ): Promise<{ lease: TableLease; record: unknown } | undefined>;
  /** Does nothing where the lease has been lost. */
  release(lease: TableLease): Promise<void>;
  /** The record, or undefined. Sees every earlier write. @throws LedgerRecordError */
  read(key: string): Promise<unknown>;
  /** @throws LeaseLostError */
  write(lease: TableLease, record: unknown): Promise<void>;
  /** Every record by key. @throws LedgerRecordError rather than leave one out */
  all(): Promise<ReadonlyMap<string, unknown>>;
}

export interface TableLedgerOptions {
  table: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

const names = { "#fence": "fence", "#holder": "holder", "#until": "until" } as const;
const string = (text: string): AttributeValue => ({ S: text });
const number = (value: number): AttributeValue => ({ N: String(value) });

const textOf = (value: AttributeValue | undefined): string | undefined =>
  value !== undefined && "S" in value ? value.S : undefined;
const numberOf = (value: AttributeValue | undefined): number =>
  value !== undefined && "N" in value ? Number(value.N) : Number.NaN;

const keyOf = (key: string): Item => ({ pk: string(key) });

export const tableLedger = (
  session: AwsSession,
  { table: name, now = Date.now }: TableLedgerOptions,
): TableLedger => {
  const table = dynamodbTable(session, name);
  const about = (key: string) => `row ${key} of the table ${name}`;

  const recordIn = (item: Item): unknown => {
    const key = textOf(item.pk) ?? "";
    if (item.record === undefined) return undefined;
    try {
      return JSON.parse(textOf(item.record) ?? "");
    } catch {
      throw new LedgerRecordError(name, key);
    }
  };

  /** A change that only the lease's holder may make. False where the lease is lost. */
  const asHolder = async (
    { key, fence, holder }: TableLease,
    update: string,
    change: { names?: Readonly<Record<string, string>>; values?: Item },
  ): Promise<boolean> => {
    try {
      await table.update({
        key: keyOf(key),
        update,
        condition: "#fence = :fence AND #holder = :holder",
        names: { "#fence": names["#fence"], "#holder": names["#holder"], ...change.names },
        values: { ":fence": number(fence), ":holder": string(holder), ...change.values },
        object: about(key),
        effect: "idempotent",
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionFailedError) return false;
      throw error;
    }
  };

  /** The lease, and the item as it is with it; undefined while somebody else holds it. */
  const take = async (
    key: string,
    holder: string,
    seconds: number,
  ): Promise<{ lease: TableLease; item: Item } | undefined> => {
    const started = now();
    const until = started + seconds * 1000;
    try {
      const item = await table.update({
        key: keyOf(key),
        update: "SET #holder = :holder, #until = :until ADD #fence :one",
        condition: "attribute_not_exists(#holder) OR #holder = :holder OR #until <= :now",
        names,
        values: {
          ":holder": string(holder),
          ":until": number(until),
          ":now": number(started),
          ":one": number(1),
        },
        object: about(key),
        // An attempt more gives the same holder a higher number: that of the last is the one that counts.
        effect: "idempotent",
      });
      const fence = numberOf(item.fence);
      if (!Number.isSafeInteger(fence)) throw new LedgerRecordError(name, key);
      return { lease: { key, holder, fence, until }, item };
    } catch (error) {
      if (error instanceof ConditionFailedError) return undefined;
      throw error;
    }
  };

  return {
    acquire: async (key, holder, seconds) => (await take(key, holder, seconds))?.lease,
    open: async (key, holder, seconds) => {
      const taken = await take(key, holder, seconds);
      return taken && { lease: taken.lease, record: recordIn(taken.item) };
    },
    release: async (lease) => {
      // A repeated release fails its own condition, which is as well.
      await asHolder(lease, "REMOVE #holder, #until", { names: { "#until": names["#until"] } });
    },
    read: async (key) => {
      const item = await table.get(keyOf(key), about(key));
      return item === undefined ? undefined : recordIn(item);
    },
    write: async (lease, record) => {
      const held = await asHolder(lease, "SET #record = :record", {
        names: { "#record": "record" },
        values: { ":record": string(JSON.stringify(record ?? null)) },
      });
      if (!held) throw new LeaseLostError(lease);
    },
    all: async () => {
      const records = new Map<string, unknown>();
      for (const item of await table.scan()) {
        const key = textOf(item.pk);
        if (key === undefined) throw new LedgerRecordError(name, "");
        const record = recordIn(item);
        if (record !== undefined) records.set(key, record);
      }
      return records;
    },
  };
};
