import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pulumi from "@pulumi/pulumi/proto/analyzer_pb.js";
import { policies } from "../../policies/policies.ts";
import { call } from "./analyzer.ts";

const root = process.cwd();
const rules = join(root, "policies/rules");
const readme = readFileSync(join(root, "policies/README.md"), "utf8");
const names = policies.map(({ name }) => name);

const keyOrder = [
  "name",
  "displayName",
  "description",
  "severity",
  "enforcementLevel",
  "remediationSteps",
  "url",
  "configSchema",
  "validateResource",
  "validateStack",
];

test("every file of a rule is in the pack, under the policy's name", () => {
  expect(readdirSync(rules).sort()).toEqual(names.map((name) => `${name}.ts`).sort());
  expect(new Set(names).size).toBe(names.length);
});

test("the documentation has a section for every policy and no other", () => {
  expect([...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(names);
});

describe.each(policies.map((policy) => ({ policy, name: policy.name })))("$name", ({ policy, name }) => {
  test("has the metadata that a person needs, in the order of all others", () => {
    expect(Object.keys(policy)).toEqual(keyOrder.filter((key) => Object.hasOwn(policy, key)));
    expect(Object.keys(policy)).toEqual(expect.arrayContaining(keyOrder.slice(0, 7)));
    expect(policy.description).toMatch(/^(?:A|An|The|No|Nothing) .* (?:must|should) .*\.$/);
    expect(policy.remediationSteps).toMatch(/^[A-Z].*\.$/s);
    expect(policy.url).toBe(`policies/README.md#${name}`);
    expect(policy.enforcementLevel).toBe(name === "decoy-visibility" ? "advisory" : "mandatory");
    expect(["low", "medium", "high", "critical"]).toContain(policy.severity);
  });

  test("is documented with its level, severity and settings", () => {
    const section = readme.split(`## ${name}\n`)[1]?.split("\n## ")[0] ?? "";
    const text = section.replaceAll("\n", " ");
    const level = policy.enforcementLevel === "advisory" ? "Advisory" : "Mandatory";
    expect(text).toContain(`${level}, ${policy.severity}`);
    const [, settings = ""] = text.split("Settings:");
    const documented = [...settings.matchAll(/`([A-Za-z0-9]+)`(?: \(|[,.])/g)].map(([, setting]) => setting);
    expect(documented).toEqual(Object.keys(policy.configSchema?.properties ?? {}));
    for (const schema of Object.values(policy.configSchema?.properties ?? {})) {
      expect(schema.default).toBeDefined();
      expect(schema.description).toMatch(/^[A-Z].*\.$/);
      if (typeof schema.default === "number" || typeof schema.default === "string")
        expect(settings).toContain(String(schema.default));
    }
  });

  test("fits on a page and has a test of its own", () => {
    expect(readFileSync(join(rules, `${name}.ts`), "utf8").split("\n").length).toBeLessThan(60);
    expect(existsSync(join(root, `test/policies/rules/${name}.test.ts`))).toBe(true);
  });
});

test("the analyzer reports the pack as the CLI will show it", async () => {
  const info = (await call("getAnalyzerInfo", {})) as pulumi.AnalyzerInfo;
  expect(info.getName()).toBe("genesys-credential-guard");
  expect(info.getPoliciesList().map((each) => each.getName())).toEqual(names);
  const severities = info.getPoliciesList().map((each) => each.getSeverity());
  expect(severities).not.toContain(pulumi.PolicySeverity.POLICY_SEVERITY_UNSPECIFIED);
});
