import { LeaseLostError, LedgerRecordError, tableLedger } from "../../../apis/aws/ledger.ts";
import { MissingPermissionError } from "../../../apis/http/errors.ts";
import { failureOf, refusal, withAws } from "./harness.ts";

const table = "rotation-ledger";
const lease = { key: "credential#crm", holder: "a", fence: 3, until: 0 };
const failedCondition = refusal("ConditionalCheckFailedException");

describe("a lease", () => {
  test("is one conditional write that raises the fence", async () => {
    await withAws(
      () => ({ body: { Attributes: { fence: { N: "4" } } } }),
      async ({ session, sent }) => {
        const ledger = tableLedger(session, { table, now: () => 1_000 });
        expect(await ledger.acquire("credential#crm", "a", 60)).toEqual({
          key: "credential#crm",
          holder: "a",
          fence: 4,
          until: 61_000,
        });
        expect(sent(0)).toEqual({
          TableName: table,
          Key: { pk: { S: "credential#crm" } },
          UpdateExpression: "SET #holder = :holder, #until = :until ADD #fence :one",
          ConditionExpression: "attribute_not_exists(#holder) OR #holder = :holder OR #until <= :now",
          ExpressionAttributeNames: { "#fence": "fence", "#holder": "holder", "#until": "until" },
          ExpressionAttributeValues: {
            ":holder": { S: "a" },
            ":until": { N: "61000" },
            ":now": { N: "1000" },
            ":one": { N: "1" },
          },
          ReturnValues: "ALL_NEW",
        });
      },
    );
  });

  test("is not got while somebody else has it", async () => {
    await withAws(
      () => failedCondition,
      async ({ session }) => {
        const ledger = tableLedger(session, { table });
        expect(await ledger.acquire("k", "b", 60)).toBeUndefined();
        await ledger.release(lease);
        const error = await failureOf(ledger.write(lease, {}));
        expect(error).toBeInstanceOf(LeaseLostError);
        expect(error.message).toMatch(/credential#crm \(number 3\)/);
      },
    );
  });

  test("a refusal of the service is none of those", async () => {
    await withAws(
      () => refusal("AccessDeniedException"),
      async ({ session }) => {
        const ledger = tableLedger(session, { table });
        for (const call of [ledger.acquire("k", "b", 60), ledger.release(lease), ledger.write(lease, {})])
          expect(await failureOf(call)).toBeInstanceOf(MissingPermissionError);
      },
    );
  });
});

describe("a record", () => {
  test("is written again where the answer was lost: the condition keeps it the holder's", async () => {
    await withAws(
      (_, count) => (count === 1 ? "drop" : { body: {} }),
      async ({ session, sent }) => {
        await tableLedger(session, { table }).write(lease, { phase: "draining" });
        expect(sent(1)).toEqual(sent(0));
        expect(sent(1)).toMatchObject({
          ConditionExpression: "#fence = :fence AND #holder = :holder",
          ExpressionAttributeValues: {
            ":fence": { N: "3" },
            ":holder": { S: "a" },
            ":record": { S: '{"phase":"draining"}' },
          },
        });
      },
    );
  });

  test("may be nothing at all", async () => {
    await withAws(
      () => ({ body: {} }),
      async ({ session, sent }) => {
        await tableLedger(session, { table }).write(lease, undefined);
        expect(sent(0)).toMatchObject({ ExpressionAttributeValues: { ":record": { S: "null" } } });
      },
    );
  });

  test("is read consistently", async () => {
    const items = [undefined, { pk: { S: "k" } }, { pk: { S: "k" }, record: { S: "[1]" } }];
    await withAws(
      (_, count) => ({ body: { Item: items[count - 1] } }),
      async ({ session, sent }) => {
        const ledger = tableLedger(session, { table });
        expect([await ledger.read("k"), await ledger.read("k"), await ledger.read("k")]).toEqual([
          undefined,
          undefined,
          [1],
        ]);
        expect(sent(0)).toEqual({ TableName: table, Key: { pk: { S: "k" } }, ConsistentRead: true });
      },
    );
  });

  test.each([
    ["is no JSON", { pk: { S: "k" }, record: { S: "{" } }],
    ["is no text", { pk: { S: "k" }, record: { BOOL: true } }],
    ["has no key", { record: { S: "{}" } }],
    ["has no key either", { record: { S: "{" } }],
  ])("that %s fails the whole list", async (_, broken) => {
    const good = { pk: { S: "good" }, record: { S: "{}" } };
    await withAws(
      () => ({ body: { Items: [good, broken] } }),
      async ({ session }) => {
        const error = await failureOf(tableLedger(session, { table }).all());
        expect(error).toBeInstanceOf(LedgerRecordError);
        expect(error.message).toContain(table);
      },
    );
  });

  test("is listed from every page, and a page that fails fails the list", async () => {
    const item = (key: string) => ({ pk: { S: key }, record: { S: `"${key}"` } });
    const pages = [
      { Items: [item("a"), { pk: { S: "leased only" } }], LastEvaluatedKey: { pk: { S: "a" } } },
      { LastEvaluatedKey: { pk: { S: "b" } } },
      { Items: [item("c")] },
    ];
    await withAws(
      (_, count) =>
        count <= 3 ? { body: pages[count - 1] } : count === 4 ? { body: pages[0] } : failedCondition,
      async ({ session, sent }) => {
        const ledger = tableLedger(session, { table });
        expect([...(await ledger.all())]).toEqual([
          ["a", "a"],
          ["c", "c"],
        ]);
        expect(sent(0)).toEqual({ TableName: table, ConsistentRead: true });
        expect(sent(2)).toEqual({
          TableName: table,
          ConsistentRead: true,
          ExclusiveStartKey: { pk: { S: "b" } },
        });
        await failureOf(ledger.all());
      },
    );
  });

  test("that holds no number is no lease", async () => {
    await withAws(
      () => ({ body: {} }),
      async ({ session }) => {
        const error = await failureOf(tableLedger(session, { table }).acquire("k", "a", 1));
        expect(error).toBeInstanceOf(LedgerRecordError);
      },
    );
  });
});
