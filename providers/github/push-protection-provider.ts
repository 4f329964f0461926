import * as v from "valibot";
import type { CustomPattern, PatternConfigurations, PatternOverride } from "../../apis/github/api.ts";
import { AmbiguousOutcomeError, VersionConflictError } from "../../apis/http/errors.ts";
import { checkInputs, type InputsOf, inputRules } from "../dynamic/check.ts";
import { type Comparators, changedProperties, exact, normalised } from "../dynamic/diff.ts";
import { PartialFailure } from "../dynamic/partial.ts";
import type { ResourceProvider } from "../dynamic/provider.ts";
import { Declarations } from "./declarations.ts";
import { NotConfigurableError, PatternGoneError } from "./errors.ts";
import type { GithubSession } from "./session.ts";
import type { PatternState } from "./types.ts";

const rules = inputRules({
  entries: {
    organization: v.pipe(v.string(), v.regex(/^[\w.-]+$/, "It must be an organization's name")),
    patternId: v.pipe(v.string(), v.regex(/^[1-9]\d*$/, "It must be a pattern's number")),
    setting: v.picklist(["enabled", "disabled"]),
  },
  examples: { organization: "example-org", patternId: "123", setting: "enabled" },
});

export type PushProtectionInputs = InputsOf<typeof rules>;

export interface PushProtectionOutputs extends PushProtectionInputs {
  /** What GitHub does now; `not-set` while the pattern is unpublished. */
  applied: "enabled" | "disabled" | "not-set";
  patternState: PatternState;
}

const comparators: Comparators<PushProtectionInputs> = {
  organization: normalised((name) => String(name).toLowerCase()),
  patternId: exact,
  setting: exact,
};

const idOf = ({ organization, patternId }: PushProtectionInputs): string =>
  `orgs/${organization}/${patternId}`;

/** How pattern configurations name a custom pattern: the API's own example, and documented nowhere. */
const tokenType = (pattern: CustomPattern): string => `cp_${pattern.id}`;

/** The entry of a pattern: its slug outranks our guess of its token type. Undefined where it is not certain. */
const overrideOf = (
  { custom_pattern_overrides: overrides = [] }: PatternConfigurations,
  pattern: CustomPattern,
): PatternOverride | undefined => {
  const guessed = overrides.find(({ token_type }) => token_type === tokenType(pattern));
  if (guessed !== undefined && (guessed.slug ?? pattern.slug) === pattern.slug) return guessed;
  const [named, ...others] = overrides.filter(({ slug }) => slug === pattern.slug);
  return others.length === 0 ? named : undefined;
};

/** Changes that meet somebody else's, before we give up. */
const attempts = 3;

/** Push protection of one custom pattern. It is a switch, not an object: it is there as long as the pattern. */
export const createPushProtectionProvider = (
  open: () => GithubSession,
): ResourceProvider<PushProtectionInputs, PushProtectionOutputs> => {
  const declared = new Declarations();

  const find = (patterns: readonly CustomPattern[], patternId: string): CustomPattern | undefined =>
    patterns.find(({ id }) => String(id) === patternId);

  const configuration = async (organization: string): Promise<PatternConfigurations> => {
    const [found = {}] = await open().configurations(organization).get();
    return found;
  };

  const configurationNow = (organization: string): Promise<PatternConfigurations> => {
    open().configurations(organization).drop();
    return configuration(organization);
  };

  /** Switches push protection of a published pattern, unless it is already as wanted. */
  const apply = (
    organization: string,
    pattern: CustomPattern,
    wanted: "enabled" | "disabled",
  ): Promise<void> =>
    open().configuring(async () => {
      let unanswered: AmbiguousOutcomeError | undefined;
      for (let attempt = 1; ; attempt += 1) {
        const current = await configurationNow(organization).catch((error: unknown) => {
          throw unanswered ?? error;
        });
        const override = overrideOf(current, pattern);
        if (override?.token_type === undefined) throw new NotConfigurableError(organization, pattern);
        if (override.setting === wanted) return;
        try {
          await open().api.patternConfigurations.update(organization, {
            pattern_config_version: current.pattern_config_version ?? null,
            custom_pattern_settings: [
              {
                token_type: override.token_type,
                custom_pattern_version: override.custom_pattern_version ?? null,
                push_protection_setting: wanted,
              },
            ],
          });
          return;
        } catch (error) {
          // Another look settles both: somebody else's change, and our own that got no answer.
          if (error instanceof AmbiguousOutcomeError) unanswered = error;
          else if (!(error instanceof VersionConflictError)) throw error;
          if (attempt === attempts) throw unanswered ?? error;
        } finally {
          open().configurations(organization).drop();
          // The pattern's own list shows its push protection, and perhaps a new version.
          open().patterns({ organization }).drop();
        }
      }
    });

  const settle = async (inputs: PushProtectionInputs): Promise<PushProtectionOutputs> => {
    const { organization, patternId, setting } = inputs;
    const pattern = find(await open().patternsNow({ organization }), patternId);
    if (pattern === undefined) throw new PatternGoneError({ organization }, patternId);
    if (pattern.state === "unpublished")
      return { ...inputs, applied: "not-set", patternState: "unpublished" };
    await apply(organization, pattern, setting);
    return { ...inputs, applied: setting, patternState: "published" };
  };

  return {
    check: async (_olds, news) => checkInputs(rules, news),

    diff: async (_id, olds, news) => {
      const changed = changedProperties(olds, news, comparators);
      const replaces = changed.filter((property) => property !== "setting");
      const due = olds.patternState === "published" && olds.applied !== news.setting;
      if (replaces.length === 0) declared.add(idOf(olds));
      return { changes: changed.length > 0 || due, replaces };
    },

    create: async (inputs) => {
      declared.add(idOf(inputs));
      try {
        return { id: idOf(inputs), outs: await settle(inputs) };
      } catch (error) {
        if (!(error instanceof AmbiguousOutcomeError)) throw error;
        // Kept in the state, so that what may be on is switched off when the resource goes.
        const outs = { ...inputs, applied: "not-set", patternState: "published" };
        const reason = `It is unknown whether push protection of pattern ${inputs.patternId} was switched. Run pulumi up again: it looks first. ${error.message}`;
        throw new PartialFailure(idOf(inputs), outs, [reason], error);
      }
    },

    read: async (_id, props) => {
      const { organization, patternId, setting } = props;
      const inputs = { organization, patternId, setting };
      const pattern = find(await open().patterns({ organization }).get(), patternId);
      if (pattern === undefined) return {};
      const override =
        pattern.state === "published" ? overrideOf(await configuration(organization), pattern) : undefined;
      const applied = override?.setting ?? "not-set";
      return { id: idOf(inputs), inputs, props: { ...inputs, applied, patternState: pattern.state } };
    },

    update: async (_id, _olds, news) => ({ outs: await settle(news) }),

    delete: async (_id, props) => {
      if (declared.has(idOf(props))) return;
      const { organization, patternId } = props;
      const pattern = find(await open().patternsNow({ organization }), patternId);
      // The API takes a custom pattern back to `disabled`, never to `not-set`.
      if (pattern?.push_protection_enabled) await apply(organization, pattern, "disabled");
    },
  };
};
