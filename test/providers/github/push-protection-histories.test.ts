import fc from "fast-check";
import type {
  PushProtectionInputs,
  PushProtectionOutputs,
} from "../../../providers/github/push-protection-provider.ts";
import type { StoredPattern, Switches } from "../../../sandbox/github/index.ts";
import { proveHistories } from "../histories/history.ts";
import { publish, startHost } from "./host.ts";

/** Three patterns in one organisation, one in another: the second and the fourth are unpublished at first. */
const declarations: fc.Arbitrary<PushProtectionInputs> = fc
  .tuple(
    fc.constantFrom(
      { organization: "example-org", patternId: "1" },
      { organization: "example-org", patternId: "2" },
      { organization: "example-org", patternId: "3" },
      { organization: "other-org", patternId: "4" },
    ),
    fc.constantFrom("enabled" as const, "enabled" as const, "disabled" as const),
  )
  .map(([where, setting]) => ({ ...where, setting }));

const history = (switches: Partial<Switches>) => ({
  declarations,
  start: async () => {
    const { github, run } = await startHost({ switches });
    const { world } = github;
    const [example, other] = [
      world.scope({ organization: "example-org" }),
      world.scope({ organization: "other-org" }),
    ];
    if (example === undefined || other === undefined) throw new Error("no such scope");
    const content = { pattern: "x", startDelimiter: "=", endDelimiter: ";", mustMatch: [], mustNotMatch: [] };
    for (const [scope, name] of [
      [example, "One"],
      [example, "Two"],
      [example, "Three"],
      [other, "Four"],
    ] as const)
      world.create(scope, name, content);
    publish(github, 1);
    publish(github, 3);
    const applied = ({ state, pushProtection }: StoredPattern) =>
      state === "published" ? pushProtection : "not-set";
    const find = (id: string) => world.patterns().find((pattern) => id.endsWith(`/${pattern.id}`));
    return {
      faults: github.faults,
      host: () => run().pushProtection,
      drift: (id: string, choice: number) => {
        const pattern = find(id);
        if (pattern === undefined) return;
        if (choice < 4 || pattern.state === "unpublished") publish(github, pattern.id);
        else if (choice < 7) world.setPushProtectionByHand(pattern.id, "disabled");
        else if (choice < 9) world.setPushProtectionByHand(pattern.id, "enabled");
        else {
          // The pattern's own resource changes it over the API.
          const stored = (id.includes("other-org") ? other : example).patterns.get(pattern.id);
          if (stored !== undefined) world.edit(stored, { pattern: "y" });
        }
      },
      actual: (id: string) => {
        const pattern = find(id);
        return pattern && { applied: applied(pattern), patternState: pattern.state };
      },
      living: () =>
        [example, other].flatMap(({ key, patterns }) =>
          [...patterns.values()]
            .filter((pattern) => applied(pattern) === "enabled")
            .map(({ id }) => `${key}/${id}`),
        ),
      close: github.close,
    };
  },
});

proveHistories<PushProtectionInputs, PushProtectionOutputs>(
  "PushProtection, 500 random histories",
  history({}),
);

proveHistories<PushProtectionInputs, PushProtectionOutputs>(
  "PushProtection, 500 random histories with every assumption turned round",
  history({
    tokenTypeIsPatternId: false,
    configuresUnpublished: true,
    editStaysPublished: false,
    publishChangesVersion: false,
    settingChangesPatternVersion: false,
    nullVersionMatchesAny: false,
  }),
);

proveHistories<PushProtectionInputs, PushProtectionOutputs>(
  "PushProtection, 500 random histories without versions",
  history({ reportsVersions: false }),
);
