import fc from "fast-check";
import type { ResourceProvider } from "../../../providers/dynamic/provider.ts";
import { PatternExistsError } from "../../../providers/github/errors.ts";
import type { SecretPatternInputs } from "../../../providers/github/secret-pattern-inputs.ts";
import type { SecretPatternOutputs } from "../../../providers/github/secret-pattern-provider.ts";
import type { StoredPattern, Switches } from "../../../sandbox/github/index.ts";
import { proveHistories } from "../histories/history.ts";
import { publish, startHost } from "./host.ts";

const expression = fc.constantFrom("a{43}", "[0-9]{9}", "k=[a-z]{20}");
const rules = fc.uniqueArray(expression, { minLength: 1, maxLength: 3 });

const declarations: fc.Arbitrary<SecretPatternInputs> = fc
  .record(
    {
      scope: fc.constantFrom(
        { organization: "example-org" },
        { organization: "other-org" },
        { repository: "example-org/example-repo" },
      ),
      name: fc.constantFrom("Genesys Cloud OAuth Secret", "Genesys Cloud Basic Header"),
      pattern: expression,
      startDelimiter: fc.constantFrom("\\A|[^0-9A-Za-z]", "=|:"),
      endDelimiter: fc.constantFrom("\\z|[^0-9A-Za-z]", ";"),
      mustMatch: rules,
      mustNotMatch: rules,
    },
    { requiredKeys: ["scope", "name", "pattern"] },
  )
  .map((given) => given as SecretPatternInputs);

type Provider = ResourceProvider<SecretPatternInputs, SecretPatternOutputs>;

/**
 * The operator who reads what a refused create says and does it. GitHub shows of nobody's pattern whose it is, so a
 * name whose last pattern could not be deleted yet comes back by adoption alone.
 */
const withOperator = (provider: Provider): Provider => ({
  ...provider,
  create: async (inputs) => {
    try {
      return await provider.create(inputs);
    } catch (error) {
      if (!(error instanceof PatternExistsError)) throw error;
      const [, adoptId] = /adoptId: "(\d+)"/.exec(error.message) ?? [];
      return provider.create({ ...inputs, adoptId });
    }
  },
});

const defaults = { startDelimiter: "\\A|[^0-9A-Za-z]", endDelimiter: "\\z|[^0-9A-Za-z]" };

const history = (switches: Partial<Switches>) => ({
  declarations,
  start: async () => {
    const { github, run } = await startHost({ switches });
    const { world } = github;
    let made = 0;
    const find = (id: string): StoredPattern | undefined =>
      world.patterns().find((pattern) => id.endsWith(`/${pattern.id}`));
    return {
      faults: github.faults,
      host: () => withOperator(run().secretPattern),
      drift: (id: string, choice: number) => {
        // A pattern whose number the state does not know yet is in a person's hands all the same: the newest one.
        const pattern = id.endsWith("/?") ? world.patterns().at(-1) : find(id);
        if (pattern === undefined) return;
        if (choice < 3) publish(github, pattern.id);
        else if (choice < 5) world.deleteByHand(pattern.id);
        else
          world.editByHand(
            pattern.id,
            [
              { pattern: "by{4}hand" },
              { startDelimiter: "#" },
              { endDelimiter: defaults.endDelimiter },
              { mustMatch: [] },
              { mustNotMatch: ["hand", "by"] },
            ][choice % 5] ?? {},
          );
      },
      existing: async (declared: SecretPatternInputs) => {
        made += 1;
        const scope = world.scope(declared.scope);
        if (scope === undefined) throw new Error("no such scope");
        const name = `By Hand ${made}`;
        const content = { pattern: "x", ...defaults, mustMatch: [], mustNotMatch: ["y"] };
        const { id } = world.create(scope, name, content);
        return { id: `${scope.key}/${id}`, inputs: { ...declared, name, adoptId: String(id) } };
      },
      actual: (id: string) => {
        const pattern = find(id);
        if (pattern === undefined) return undefined;
        const { name, slug, state, version } = pattern;
        return {
          patternId: String(pattern.id),
          name,
          slug,
          state,
          pattern: pattern.pattern,
          ...(switches.reportsVersions === false ? {} : { version }),
          ...(pattern.startDelimiter !== defaults.startDelimiter && {
            startDelimiter: pattern.startDelimiter,
          }),
          ...(pattern.endDelimiter !== defaults.endDelimiter && { endDelimiter: pattern.endDelimiter }),
          ...(pattern.mustMatch.length > 0 && { mustMatch: expect.arrayContaining(pattern.mustMatch) }),
          ...(pattern.mustNotMatch.length > 0 && {
            mustNotMatch: expect.arrayContaining(pattern.mustNotMatch),
          }),
        };
      },
      living: () =>
        [
          { organization: "example-org" },
          { organization: "other-org" },
          { repository: "example-org/example-repo" },
        ].flatMap((scope) => world.patterns(scope).map(({ id }) => `${world.scope(scope)?.key}/${id}`)),
      close: github.close,
    };
  },
});

proveHistories<SecretPatternInputs, SecretPatternOutputs>("SecretPattern, 500 random histories", history({}));

proveHistories<SecretPatternInputs, SecretPatternOutputs>(
  "SecretPattern, 500 random histories with every assumption turned round",
  history({
    nullDefaultDelimiters: false,
    editStaysPublished: false,
    editClosesAlerts: false,
    limitsMatchRules: false,
    namesAreUnique: false,
    publishChangesVersion: false,
    settingChangesPatternVersion: false,
    nullVersionMatchesAny: false,
  }),
);

proveHistories<SecretPatternInputs, SecretPatternOutputs>(
  "SecretPattern, 500 random histories without versions",
  history({ reportsVersions: false }),
);
