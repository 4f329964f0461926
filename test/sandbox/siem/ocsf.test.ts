import { ocsfEvents } from "../../../core/leak/report/ocsf.ts";
import { violations } from "../../../sandbox/siem/ocsf/violations.ts";
import { declarations, told } from "../../core/leak/report/cases.ts";

type Fields = Record<string, unknown>;

const [finding, change] = ocsfEvents(told.replaced, declarations).map(
  (event): Fields => JSON.parse(JSON.stringify(event)),
) as [Fields, Fields];

/** The event with one attribute set, or taken away. */
const altered = (event: Fields, path: string, value?: unknown): Fields => {
  const copy = structuredClone(event);
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let at = copy;
  for (const step of steps) at = at[step] as Fields;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
};

test("what the product sends is right to begin with", () => {
  expect([finding, change].flatMap(violations)).toEqual([]);
});

test.each([
  "activity_id",
  "category_uid",
  "class_uid",
  "metadata",
  "severity_id",
  "time",
  "type_uid",
  "finding_info",
  "finding_info.uid",
  "metadata.version",
  "metadata.product",
  "finding_info.analytic.type_id",
  "evidences.0.file.name",
])("a finding without %s is noticed", (path) => {
  expect(violations(altered(finding, path))).not.toEqual([]);
});

test("an account change without its user is noticed", () => {
  expect(violations(altered(change, "user"))).toEqual(["user is required"]);
});

test.each([
  ["type_uid", 200_402, "type_uid is not class_uid * 100 + activity_id"],
  ["category_uid", 3, "category_uid is not 2"],
  ["severity_id", 7, "severity_id is 7, which the schema does not have"],
  ["severity", "Low", 'severity is not "High", as severity_id 4 is called'],
  ["activity_name", "Open", 'activity_name is not "Create", as activity_id 1 is called'],
  ["time", 1_700_000_000, "time is no timestamp"],
  ["message", "", "message is no string"],
  ["is_alert", "yes", "is_alert is no boolean"],
  ["duration", 1.5, "duration is no integer"],
  ["resources", {}, "resources is not an array"],
  ["resources.0", "x", "resources[0] is no object"],
  ["resources.0", { type: "x" }, "resources[0]. needs one of name, uid"],
  ["evidences.0", { name: "x" }, /^evidences\[0\]. needs one of actor/],
  ["metadata.profiles", [], /is of the profile incident/],
  ["metadata.version", "1.1.0", "metadata.version is 1.1.0, and this schema is 1.6.0"],
  ["owner", "x", "owner is no attribute of detection_finding"],
  ["remediation", {}, "remediation cannot be judged here"],
  ["finding_info.attacks", [{ version: "1" }], /needs one of tactic, technique, sub_technique/],
])("%s = %j is noticed", (path, value, problem) => {
  const found = violations(altered(finding, path, value));
  expect(found).toContainEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
});

test("a value of the source's own may be called anything", () => {
  const own = altered(altered(finding, "severity_id", 99), "severity", "Purple");
  expect(violations(own)).toEqual([]);
});

test.each([[null], ["text"], [[]], [{}], [{ class_uid: 6003 }]])(
  "%j is no event that can be judged",
  (event) => {
    expect(violations(event)).toHaveLength(1);
  },
);
