import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkplace, type Workplace } from "../workplace.ts";

const pack = join(import.meta.dirname, "../programs/pack");
let place: Workplace;
let configFile: string;
beforeAll(async () => {
  place = await openWorkplace("things");
  configFile = join(place.directory, "policy-config.json");
});
afterAll(() => place.close());

const judged = (verb: string, config?: object) => {
  writeFileSync(configFile, JSON.stringify(config ?? {}));
  const configured = config === undefined ? [] : ["--policy-pack-config", configFile];
  return place.guard(...verb.split(" "), "--policy-pack", pack, ...configured);
};

describe("a policy pack", () => {
  test("stops an update by a mandatory violation before the first call", async () => {
    place.declare({ name: "a", value: "closed" }, { name: "b", value: "open" });

    const { code, text } = await judged("up --yes");

    expect(code).toBe(1);
    expect(text).toContain("The value must not be open.");
    expect(text).toContain("no-open-value");
    expect(text).toContain("test-pack");
    expect(place.world.calls).toEqual([]);
  });

  test("stops it without a preview too, before the resource in question", async () => {
    const { code } = await judged("up --yes --skip-preview");

    expect(code).toBe(1);
    expect(place.world.calls).not.toContain("create b");
  });

  test("lets an advisory violation pass, and prints it", async () => {
    place.declare({ name: "long-name", value: "closed" });

    const { code, text } = await judged("up --yes --skip-preview");

    expect(code).toBe(0);
    expect(text).toContain("The name should have at most 5 letters.");
  });

  test("judges the stack as a whole", async () => {
    place.declare(...["a", "b", "c"].map((name) => ({ name, value: "closed" })));

    const { code, text } = await judged("preview");

    expect(code).toBe(1);
    expect(text).toContain("The stack must have at most 2 things.");
  });

  test("only advises on a value that is not known yet", async () => {
    place.declare({ name: "a", value: "closed" }, { name: "b", valueFrom: "a" });

    const { code, text } = await judged("preview");

    expect(code).toBe(0);
    expect(text).toContain("can't run policy 'no-open-value'");
  });

  test("is configured by a file", async () => {
    place.declare({ name: "a", value: "ajar" });

    const { code, text } = await judged("preview", {
      all: "advisory",
      "no-open-value": { enforcementLevel: "mandatory", forbidden: "ajar" },
      "unknown-policy": "mandatory",
    });

    expect(code).toBe(1);
    expect(text).toContain("The value must not be ajar.");
    expect(text).toContain("unknown-policy, which the policy pack test-pack does not have");
  });

  test.each<[string, object, string]>([
    [
      "a value that its schema forbids",
      { "no-open-value": { forbidden: "x" } },
      "forbidden must have at least 2",
    ],
    ["a level that does not exist", { "short-name": "strict" }, '"strict" is no enforcement level'],
    [
      "remediation",
      { "tidy-key": "remediate" },
      "Remediation by policies (tidy-key of test-pack) is not supported",
    ],
    ["environments", { environments: ["x"] }, "environments (Pulumi ESC)"],
  ])("refuses %s", async (_what, config, message) => {
    const { code, text } = await judged("preview", config);

    expect(code).toBe(1);
    expect(text).toContain(message);
  });

  test("must be a policy pack", async () => {
    const { code, text } = await place.guard("preview", "--policy-pack", place.directory);

    expect(code).toBe(1);
    expect(text).toContain("No PulumiPolicy.yaml in");
  });

  test("needs one configuration each, or none", async () => {
    const { code, text } = await place.guard(
      ..."preview --policy-pack a --policy-pack b --policy-pack-config c".split(" "),
    );

    expect(code).toBe(1);
    expect(text).toContain("must match the number of --policy-pack flags");
  });
});
