import { integer, pattern, settings, string, texts, textsByName } from "../../policies/settings.ts";
import { analyze, analyzeStack, configure } from "./analyzer.ts";
import { decoyClient } from "./resources.ts";

const { configSchema, read } = settings("example", {
  days: integer("Days.", { minimum: 1, maximum: 90, fallback: 30 }),
  names: texts("Names."),
  lists: textsByName("Lists."),
  expression: pattern("Expression.", "^a$"),
  label: string("Label.", "none"),
});

const reading = (given: Record<string, unknown>) => () =>
  read({ getConfig: <T extends object>() => given as T });

test("what is not configured has its default", () => {
  expect(reading({})()).toEqual({ days: 30, names: [], lists: {}, expression: "^a$", label: "none" });
});

test("what is configured is taken as it is", () => {
  const given = { days: 1, names: ["a"], lists: { a: ["b"], c: [] }, expression: "b+", label: "" };
  expect(reading(given)()).toEqual(given);
  expect(reading({ days: 90 })().days).toBe(90);
});

test.each([
  ["days", 0, "a whole number from 1 to 90"],
  ["days", 91, "a whole number from 1 to 90"],
  ["days", 1.5, "a whole number from 1 to 90"],
  ["days", "30", "a whole number from 1 to 90"],
  ["days", null, "a whole number from 1 to 90"],
  ["names", "a", "a list of texts"],
  ["names", [7], "a list of texts"],
  ["lists", ["a"], "an object of lists of texts"],
  ["lists", null, "an object of lists of texts"],
  ["lists", "a", "an object of lists of texts"],
  ["lists", { a: "b" }, "an object of lists of texts"],
  ["expression", "(", "a regular expression"],
  ["expression", 7, "a regular expression"],
  ["label", 7, "a text"],
])("%s cannot be %j", (name, value, expected) => {
  expect(reading({ [name]: value })).toThrow(
    new Error(`The setting "${name}" of the policy "example" must be ${expected}.`),
  );
});

test("the schema tells the CLI the same", () => {
  expect(configSchema.properties).toEqual({
    days: { type: "integer", minimum: 1, maximum: 90, default: 30, description: "Days." },
    names: { type: "array", items: { type: "string" }, default: [], description: "Names." },
    lists: {
      type: "object",
      additionalProperties: { type: "array", items: { type: "string" } },
      default: {},
      description: "Lists.",
    },
    expression: { type: "string", format: "regex", default: "^a$", description: "Expression." },
    label: { type: "string", default: "none", description: "Label." },
  });
});

test("a setting out of range stops the run instead of being replaced by a default", async () => {
  await configure({ "decoy-token-lifetime": { maximumSeconds: 86_400 } });
  await expect(analyze(decoyClient({}))).rejects.toThrow(
    'The setting "maximumSeconds" of the policy "decoy-token-lifetime" must be a whole number from 300 to 3600.',
  );
  await configure({ "decoy-visibility": { bridgedDecoys: "all" } });
  await expect(analyzeStack([decoyClient({})])).rejects.toThrow('"bridgedDecoys"');
});
