import { patternOf, receipt } from "../../../core/leak/receipt.ts";

const patterns = [
  { id: "json", name: "Genesys client secret in JSON", slug: "genesys_client_secret_in_json" },
  { id: "env", name: "Genesys client secret in a variable" },
];
const body = (more: Record<string, unknown> = {}) => ({
  action: "created",
  alert: { number: 7, secret_type: "genesys_client_secret_in_json" },
  repository: { full_name: "acme/app" },
  ...more,
});
const take = (reason: string) => ({
  kind: "take",
  alert: { repository: "acme/app", number: 7 },
  reason,
});
const ignore = (because: string) => ({ kind: "ignore", because });

test("a ping is answered", () => {
  expect(receipt("ping", { zen: "Design for failure." }, { patterns })).toEqual({ kind: "ping" });
});

test.each([
  ["secret_scanning_alert", "created", "created"],
  ["secret_scanning_alert", "reopened", "reopened"],
  ["secret_scanning_alert", "publicly_leaked", "publiclyLeaked"],
  ["secret_scanning_alert_location", "created", "newLocation"],
])("%s %s is taken", (event, action, reason) => {
  expect(receipt(event, body({ action }), { patterns })).toEqual(take(reason));
});

test.each(["resolved", "validated", "assigned", "unassigned", "metadata_created", "revoked", "constructor"])(
  "an alert that was %s is left alone",
  (action) => {
    expect(receipt("secret_scanning_alert", body({ action }), { patterns })).toEqual(ignore("otherAction"));
  },
);

test("a location can only be created", () => {
  expect(receipt("secret_scanning_alert_location", body({ action: "reopened" }), { patterns })).toEqual(
    ignore("otherAction"),
  );
});

test.each(["push", "secret_scanning_scan", "", "toString"])("the event %j is left alone", (event) => {
  expect(receipt(event, body(), { patterns })).toEqual(ignore("otherEvent"));
});

test.each([
  ["no object", "x"],
  ["null", null],
  ["a list", [body()]],
  ["no action", body({ action: undefined })],
  ["an action that is none", body({ action: 7 })],
  ["no alert", body({ alert: undefined })],
  ["no number", body({ alert: {} })],
  ["a number that is none", body({ alert: { number: "7" } })],
  ["a negative number", body({ alert: { number: -7 } })],
  ["a broken number", body({ alert: { number: 7.5 } })],
  ["no repository", body({ repository: "acme/app" })],
  ["no name", body({ repository: {} })],
  ["a name without owner", body({ repository: { full_name: "app" } })],
  ["a name with a path", body({ repository: { full_name: "acme/app/../x" } })],
  ["a name after which something follows", body({ repository: { full_name: "acme/app?x" } })],
  ["a name before which something stands", body({ repository: { full_name: "#acme/app" } })],
  ["an endless name", body({ repository: { full_name: `acme/${"a".repeat(101)}` } })],
])("a body with %s is malformed", (_, value) => {
  expect(receipt("secret_scanning_alert", value, { patterns })).toEqual(ignore("malformed"));
});

describe("the pattern", () => {
  test.each([
    { secret_type: "genesys_client_secret_in_json" },
    { secret_type: "Genesys client secret in a variable" },
    { secret_type_display_name: "Genesys client secret in JSON" },
    { secret_type: "x", secret_type_display_name: "Genesys client secret in JSON" },
    {},
    { secret_type: 7 },
  ])("of %j may be ours", (alert) => {
    expect(receipt("secret_scanning_alert", body({ alert: { number: 7, ...alert } }), { patterns })).toEqual(
      take("created"),
    );
  });

  test.each([{ secret_type: "aws_key" }, { secret_type_display_name: "AWS key" }])(
    "of %j is another",
    (alert) => {
      expect(
        receipt("secret_scanning_alert", body({ alert: { number: 7, ...alert } }), { patterns }),
      ).toEqual(ignore("otherPattern"));
    },
  );

  test("is told by its slug or by its name", () => {
    expect(patternOf({ secretType: "genesys_client_secret_in_json" }, patterns)?.id).toBe("json");
    expect(patternOf({ secretTypeDisplayName: "Genesys client secret in a variable" }, patterns)?.id).toBe(
      "env",
    );
    expect(patternOf({}, patterns)).toBeUndefined();
  });
});
