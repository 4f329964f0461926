/**
 * A DynamoDB table with a partition key and nothing else.
 *
 * Verified (docs of PutItem, UpdateItem, Scan): a write and its condition are one step; a condition that does not hold
 * is ConditionalCheckFailedException and changes nothing; a Scan reads in pages of at most 1 MB and says with
 * LastEvaluatedKey where to go on; an item has at most 400 KB.
 * Assumed (2026-11-21): a Scan goes by the order in which the keys were first written (really: by their hash), and an
 * item counts by its texts and numbers.
 * By design: reads are always consistent, as the ledger asks for them.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../error.ts";

/** Never changed once it is in the table: a write puts another one in its place. */
export type Item = Readonly<Record<string, AttributeValue>>;

export const conditionFailed = (): AwsError =>
  new AwsError("ConditionalCheckFailedException", "The conditional request failed");

export const validationError = (message: string): AwsError => new AwsError("ValidationException", message);

const maximumItemBytes = 400 * 1024;
const pageBytes = 1024 * 1024;

const sizeOf = (item: Item): number => {
  let size = 0;
  for (const name in item) {
    const { S: text, N: number, ...other } = item[name] ?? {};
    size += name.length + (text ?? number ?? JSON.stringify(other)).length;
  }
  return size;
};

export class Table {
  readonly name: string;
  readonly arn: string;
  readonly keyName: string;
  #items = new Map<string, Item>();

  constructor(name: string, arn: string, keyName = "pk") {
    this.name = name;
    this.arn = arn;
    this.keyName = keyName;
  }

  get size(): number {
    return this.#items.size;
  }

  /** Every item, for tests and for looking. */
  get items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  /** Replaces the item by what `change` makes of it, in one step. What `change` throws leaves it as it was. */
  write(key: string, change: (item: Item | undefined) => Item): Item {
    if (key === "")
      throw validationError(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value.",
      );
    const item = change(this.#items.get(key));
    if (sizeOf(item) > maximumItemBytes)
      throw validationError("Item size has exceeded the maximum allowed size");
    this.#items.set(key, item);
    return item;
  }

  delete(key: string): void {
    this.#items.delete(key);
  }

  /** One page: up to `limit` items and 1 MB. */
  scan(page: { startAfter?: string; limit?: number }): { items: Item[]; lastKey?: string } {
    const keys = [...this.#items.keys()];
    const start = page.startAfter === undefined ? 0 : keys.indexOf(page.startAfter) + 1;
    const items: Item[] = [];
    let bytes = 0;
    for (const key of keys.slice(start)) {
      const item = this.#items.get(key) ?? {};
      items.push(item);
      bytes += sizeOf(item);
      if (items.length === page.limit || bytes >= pageBytes)
        return key === keys.at(-1) ? { items } : { items, lastKey: key };
    }
    return { items };
  }

  /** A back-up that costs nothing: items are never changed. */
  snapshot(): ReadonlyMap<string, Item> {
    return new Map(this.#items);
  }

  /** Puts the table back to an earlier state; without one, empties it. */
  restore(snapshot: ReadonlyMap<string, Item> = new Map()): void {
    this.#items = new Map(snapshot);
  }
}
