import { readFileSync } from "node:fs";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { GuardError } from "../model/errors.ts";
import { isMap, type PropertyMap, type PropertyValue } from "../model/property.ts";
import { fromStruct } from "../wire/struct.ts";
import { violations } from "./schema.ts";

/** In the order of Pulumi's own enumeration. */
export const enforcementLevels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type EnforcementLevel = (typeof enforcementLevels)[number];

export interface PolicyConfig {
  level: EnforcementLevel;
  properties: PropertyMap;
}

interface GivenConfig {
  level: EnforcementLevel | undefined;
  properties: PropertyMap;
}

const isLevel = (value: PropertyValue | undefined): value is EnforcementLevel =>
  enforcementLevels.some((level) => level === value);

const invalid = (file: string, problems: string[]): GuardError =>
  new GuardError(
    "bad-policy-config",
    [`The policy pack configuration ${file} is not valid:`, ...problems].join("\n  - "),
  );

/**
 * Reads a configuration file: for each policy, or for `all`, a level, or an object with `enforcementLevel` and the
 * policy's own properties.
 *
 * @throws GuardError `bad-policy-config` with every mistake
 */
export const readPolicyConfig = (file: string): Map<string, GivenConfig> => {
  let content: PropertyValue;
  try {
    const text = readFileSync(file, "utf8");
    content = text.trim() === "" ? {} : (JSON.parse(text) as PropertyValue);
  } catch (cause) {
    throw invalid(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
  const problems: string[] = [];
  const given = new Map<string, GivenConfig>();
  if (!isMap(content)) problems.push('it must be an object: { "policy-name": "mandatory" }');
  for (const [policy, value] of Object.entries(isMap(content) ? content : {})) {
    const { enforcementLevel: level, ...properties } = isMap(value) ? value : { enforcementLevel: value };
    if (policy === "environments") problems.push("environments (Pulumi ESC) needs the Pulumi CLI");
    else if (level !== undefined && !isLevel(level))
      problems.push(
        `${policy}: ${JSON.stringify(level)} is no enforcement level; use ${enforcementLevels.join(", ")}`,
      );
    else given.set(policy, { level, properties });
  }
  if (problems.length > 0) throw invalid(file, problems);
  return given;
};

/**
 * The configuration of every policy of a pack: defaults of its schema, then what the pack sets itself, then the
 * file.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/analyzer/config.go (`ReconcilePolicyPackConfig`)
 *
 * @throws GuardError `bad-policy-config` with every value that the policies' schemas do not allow
 */
export const reconcile = (
  info: AnalyzerInfo,
  given: ReadonlyMap<string, GivenConfig>,
  file = "",
): Map<string, PolicyConfig> => {
  const policies = info.getPoliciesList();
  const result = new Map<string, PolicyConfig>();
  for (const policy of policies) {
    const properties: PropertyMap = {};
    for (const [name, schema] of Object.entries(fromStruct(policy.getConfigschema()?.getProperties())))
      if (isMap(schema) && schema.default !== undefined) properties[name] = schema.default;
    result.set(policy.getName(), {
      level: enforcementLevels[policy.getEnforcementlevel()] ?? "advisory",
      properties,
    });
  }
  const initial = new Map<string, GivenConfig>();
  for (const [name, config] of info.getInitialconfigMap().entries())
    initial.set(name, {
      level: enforcementLevels[config.getEnforcementlevel()],
      properties: fromStruct(config.getProperties()),
    });
  apply(result, initial);
  apply(result, given);
  const problems = policies.flatMap((policy) => {
    const schema = policy.getConfigschema();
    if (schema === undefined) return [];
    const object = {
      type: "object",
      properties: fromStruct(schema.getProperties()),
      required: schema.getRequiredList(),
    };
    const config = result.get(policy.getName())?.properties ?? {};
    return violations(object, config, "").map((problem) => `${policy.getName()}: ${problem}`);
  });
  if (problems.length > 0) throw invalid(file || `of pack ${info.getName()}`, problems);
  return result;
};

const apply = (result: Map<string, PolicyConfig>, given: ReadonlyMap<string, GivenConfig>): void => {
  const level = given.get("all")?.level;
  if (level !== undefined) for (const config of result.values()) config.level = level;
  for (const [policy, config] of given) {
    const known = result.get(policy);
    if (known === undefined) continue;
    known.level = config.level ?? known.level;
    Object.assign(known.properties, config.properties);
  }
};
