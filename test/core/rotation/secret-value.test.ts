import {
  firstVersionId,
  formatSecretValue,
  generationToken,
  parseSecretValue,
} from "../../../core/rotation/secret-value.ts";

const value = { clientId: "5f1c", clientSecret: "never-a-real-one", region: "us-east-1" };

test("a value is read as it was written, whatever else somebody added", () => {
  expect(parseSecretValue(formatSecretValue(value))).toEqual(value);
  expect(parseSecretValue(JSON.stringify({ ...value, host: "x" }))).toEqual(value);
  expect(JSON.parse(formatSecretValue({ ...value, ...{ more: 1 } }))).toEqual(value);
});

test.each([
  "",
  "password",
  "null",
  "7",
  "[]",
  "{}",
  JSON.stringify({ ...value, clientId: undefined }),
  JSON.stringify({ ...value, clientId: "" }),
  JSON.stringify({ ...value, clientSecret: undefined }),
  JSON.stringify({ ...value, clientSecret: "" }),
  JSON.stringify({ ...value, region: 7 }),
])("%j is no value", (text) => {
  expect(parseSecretValue(text)).toBeUndefined();
});

test("a rotation's token and the first version's id are always the same, and differ from all others", () => {
  expect(generationToken("a")).toMatch(/^[0-9a-f]{16}$/);
  expect(generationToken("a")).toBe(generationToken("a"));
  expect(generationToken("a")).not.toBe(generationToken("b"));
  expect(firstVersionId("guard:o/p/s/n~1", "0a")).toMatch(/^[0-9a-f]{64}$/);
  expect(firstVersionId("guard:o/p/s/n~1", "0a")).not.toBe(firstVersionId("guard:o/p/s/n~1", "0b"));
  expect(firstVersionId("guard:o/p/s/n~1", "0a")).not.toBe(firstVersionId("guard:o/p/s/m~1", "0a"));
});
