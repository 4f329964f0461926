import { dynamodbService } from "./services.ts";
import type { AwsSession } from "./session.ts";

/** The types of values in use. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export type AttributeValue = { S: string } | { N: string } | { BOOL: boolean };
export type Item = Readonly<Record<string, AttributeValue>>;

/** A change under a condition: it takes effect only where the condition holds, and then as a whole. */
export interface Update {
  key: Item;
  /** Such as `SET #a = :a`. */
  update: string;
  condition: string;
  /** By placeholder: `{ "#a": "holder" }`. */
  names: Readonly<Record<string, string>>;
  values: Item;
  /** What the update is about, for messages. */
  object: string;
  /** What happens when it is sent twice. */
  effect: "idempotent" | "once";
}

/** The operations in use. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/ */
export interface Table {
  /** Sees every earlier write. */
  get(key: Item, object: string): Promise<Item | undefined>;
  /** The item as it is then. @throws ConditionFailedError */
  update(change: Update): Promise<Item>;
  /** Every item, of all pages; sees every write that ended before it began. */
  scan(): Promise<Item[]>;
}

interface Page {
  Items?: readonly Item[];
  LastEvaluatedKey?: Item;
}

export const dynamodbTable = (session: AwsSession, name: string): Table => {
  const send = <T>(route: string, object: string, effect: "none" | Update["effect"], body: object) =>
    session.call<T>(dynamodbService, {
      method: "POST",
      route,
      object,
      body: { TableName: name, ...body },
      effect,
    });

  return {
    get: async (key, object) => {
      const body = { Key: key, ConsistentRead: true };
      return (await send<{ Item?: Item }>("GetItem", object, "none", body)).Item;
    },
    update: async ({ key, update, condition, names, values, object, effect }) => {
      const { Attributes = {} } = await send<{ Attributes?: Item }>("UpdateItem", object, effect, {
        Key: key,
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValues: "ALL_NEW",
      });
      return Attributes;
    },
    scan: async () => {
      const items: Item[] = [];
      let from: Item | undefined;
      do {
        const start = from === undefined ? {} : { ExclusiveStartKey: from };
        const page: Page = await send("Scan", `table ${name}`, "none", { ConsistentRead: true, ...start });
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
      return items;
    },
  };
};
