/**
 * DynamoDB's operations over HTTP: JSON 1.0, on tables with a string partition key.
 *
 * Verified (docs of GetItem, PutItem, UpdateItem, DeleteItem, Scan): the members of requests and answers; an update of
 * an item that is not there makes one; ReturnValues; a key must not be updated.
 * Gaps, refused by name: every member of a request that is not in `members`.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { parseCondition } from "../dynamodb/condition.ts";
import { conditionFailed, type Item, type Table, validationError } from "../dynamodb/table.ts";
import { parseUpdate } from "../dynamodb/update.ts";
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";
import type { Operation } from "./operation.ts";

interface Request {
  TableName?: string;
  Key?: Item;
  Item?: Item;
  ConditionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  ReturnValues?: string;
  ExclusiveStartKey?: Item;
  Limit?: number;
}

const conditional = [
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValues",
];
const members: Readonly<Record<string, readonly string[]>> = {
  GetItem: ["Key", "ConsistentRead"],
  PutItem: ["Item", ...conditional],
  UpdateItem: ["Key", "UpdateExpression", ...conditional],
  DeleteItem: ["Key", ...conditional],
  Scan: ["ConsistentRead", "ExclusiveStartKey", "Limit"],
};

const keyIn = (table: Table, item: Item | undefined): string => {
  const key = item?.[table.keyName]?.S;
  if (key === undefined)
    throw validationError("One or more parameter values were invalid: Missing the key pk in the item");
  return key;
};

/** The key alone: further attributes are refused. */
const keyOf = (table: Table, { Key: key }: Request): string => {
  if (key === undefined || Object.keys(key).length !== 1)
    throw validationError("The provided key element does not match the schema");
  return keyIn(table, key);
};

/** What an operation gives back of the item before and after it. */
const returned = (
  { ReturnValues: which = "NONE" }: Request,
  allowed: readonly string[],
  before: Item | undefined,
  after: Item | undefined,
): { Attributes?: Item } => {
  if (!["NONE", ...allowed].includes(which))
    throw validationError(`ReturnValues ${which} is not supported here: NONE, ${allowed.join(", ")}.`);
  const item = which === "ALL_OLD" ? before : which === "ALL_NEW" ? after : undefined;
  return item === undefined ? {} : { Attributes: item };
};

const conditionOf = ({
  ConditionExpression,
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Request) => parseCondition(ConditionExpression, { names, values });

const operations: Readonly<Record<string, (table: Table, request: Request) => unknown>> = {
  GetItem: (table, request) => {
    const item = table.get(keyOf(table, request));
    return item === undefined ? {} : { Item: item };
  },

  PutItem: (table, request) => {
    const { Item: item = {} } = request;
    const holds = conditionOf(request);
    const key = keyIn(table, item);
    const before = table.get(key);
    const result = returned(request, ["ALL_OLD"], before, undefined);
    table.write(key, (current) => {
      if (!holds(current)) throw conditionFailed();
      return item;
    });
    return result;
  },

  UpdateItem: (table, request) => {
    const key = keyOf(table, request);
    const holds = conditionOf(request);
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
    const change = parseUpdate(request.UpdateExpression ?? "", { names, values });
    const before = table.get(key);
    returned(request, ["ALL_OLD", "ALL_NEW"], undefined, undefined);
    const after = table.write(key, (current) => {
      if (!holds(current)) throw conditionFailed();
      const item = change({ ...current, [table.keyName]: { S: key } });
      if (item[table.keyName]?.S !== key)
        throw validationError(
          "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key",
        );
      return item;
    });
    return returned(request, ["ALL_OLD", "ALL_NEW"], before, after);
  },

  DeleteItem: (table, request) => {
    const key = keyOf(table, request);
    const before = table.get(key);
    if (!conditionOf(request)(before)) throw conditionFailed();
    const result = returned(request, ["ALL_OLD"], before, undefined);
    table.delete(key);
    return result;
  },

  Scan: (table, { ExclusiveStartKey: start, Limit: limit }) => {
    if (limit !== undefined && limit < 1) throw validationError("Limit must be greater than or equal to 1");
    const { items, lastKey } = table.scan({
      ...(start === undefined ? {} : { startAfter: keyIn(table, start) }),
      ...(limit === undefined ? {} : { limit }),
    });
    const counted = { Items: items, Count: items.length, ScannedCount: items.length };
    return lastKey === undefined
      ? counted
      : { ...counted, LastEvaluatedKey: { [table.keyName]: { S: lastKey } } };
  },
};

export const dynamodbOperations = (tables: () => readonly Table[], place: Place): Record<string, Operation> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, run]) => [
      `DynamoDB_20120810.${name}`,
      (input: Readonly<Record<string, unknown>>, caller: Caller): unknown => {
        const request = input as Request;
        const unknown = Object.keys(input).find(
          (member) => member !== "TableName" && !members[name]?.includes(member),
        );
        if (unknown !== undefined) throw validationError(`${name}: ${unknown} is not supported here.`);
        const table = tables().find((each) => [each.name, each.arn].includes(request.TableName ?? ""));
        caller.needs(`dynamodb:${name}`, table?.arn ?? arn(place, "dynamodb", `table/${request.TableName}`));
        if (table === undefined)
          throw new AwsError("ResourceNotFoundException", "Requested resource not found");
        return run(table, request);
      },
    ]),
  );
