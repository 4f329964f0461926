import type { components } from "@octokit/openapi-types";
import * as v from "valibot";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { invalidFields, versionMismatch } from "./answers.ts";
import { bodyOf } from "./body.ts";
import { versionMatches } from "./custom-patterns.ts";
import type { Family } from "./family.ts";
import type { PatternWorld, ScopeState, StoredPattern } from "./pattern-world.ts";
import type { Switches } from "./switches.ts";

type Schemas = components["schemas"];

const updateBody = v.object({
  pattern_config_version: v.optional(v.nullable(v.string()), null),
  custom_pattern_settings: v.optional(
    v.array(
      v.object({
        token_type: v.string(),
        custom_pattern_version: v.optional(v.nullable(v.string())),
        // `not-set` is for the patterns of providers alone.
        push_protection_setting: v.picklist(["enabled", "disabled"]),
      }),
    ),
    [],
  ),
});

const refused = (field: string, message: string) =>
  invalidFields([{ resource: "SecretScanningPatternConfig", field, code: "invalid", message }]);

/**
 * Push protection of an organisation's custom patterns.
 * https://docs.github.com/en/rest/secret-scanning/push-protection
 */
export const patternConfigurations = (world: PatternWorld, switches: Switches): Family => {
  const configured = ({ patterns }: ScopeState): StoredPattern[] =>
    [...patterns.values()].filter(({ state }) => state === "published" || switches.configuresUnpublished);

  const alertTotal = ({ id }: StoredPattern): number =>
    Object.values(world.alerts(id)).reduce((sum: number, count: number) => sum + count, 0);

  const override = (
    pattern: StoredPattern,
    allAlerts: number,
  ): Schemas["secret-scanning-pattern-override"] => ({
    token_type: pattern.tokenType,
    custom_pattern_version: switches.reportsVersions ? pattern.version : null,
    slug: pattern.slug,
    display_name: pattern.name,
    alert_total: alertTotal(pattern),
    alert_total_percentage: allAlerts === 0 ? 0 : Math.round((100 * alertTotal(pattern)) / allAlerts),
    false_positives: 0,
    false_positive_rate: 0,
    bypass_rate: 0,
    default_setting: "disabled",
    enterprise_setting: null,
    setting: pattern.pushProtection,
  });

  const get = (_request: SimulatedRequest, scope: ScopeState): SimulatedResponse => {
    const patterns = configured(scope);
    const allAlerts = patterns.reduce((sum, pattern) => sum + alertTotal(pattern), 0);
    const body: Schemas["secret-scanning-pattern-configuration"] = {
      pattern_config_version: scope.configurationVersion,
      provider_pattern_overrides: [],
      custom_pattern_overrides: patterns.map((pattern) => override(pattern, allAlerts)),
    };
    return { status: 200, body };
  };

  /** All or none. */
  const update = (request: SimulatedRequest, scope: ScopeState): SimulatedResponse => {
    const { pattern_config_version: version, custom_pattern_settings: wanted } = bodyOf(request, updateBody);
    if (version !== scope.configurationVersion) throw versionMismatch(409, "pattern configuration");
    const settings = wanted.map((given) => {
      const pattern = [...scope.patterns.values()].find(({ tokenType }) => tokenType === given.token_type);
      if (pattern === undefined) throw refused("token_type", `${given.token_type} is not a custom pattern`);
      if (!versionMatches(given.custom_pattern_version, pattern, switches))
        throw versionMismatch(409, "custom pattern");
      if (pattern.state === "unpublished")
        throw refused("token_type", "Push protection needs a published pattern");
      return { pattern, setting: given.push_protection_setting };
    });
    world.configure(scope, settings);
    return { status: 200, body: { pattern_config_version: scope.configurationVersion } };
  };

  const route = "/orgs/{org}/secret-scanning/pattern-configurations";
  const permission = "organization_administration";
  return {
    [`GET ${route}`]: { needs: "read", permission, answer: get },
    [`PATCH ${route}`]: { needs: "write", permission, answer: update },
  };
};
