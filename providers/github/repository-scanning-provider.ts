import * as v from "valibot";
import type { RepositoryScanning } from "../../apis/github/api.ts";
import { NotFoundError } from "../../apis/http/errors.ts";
import { checkInputs, type InputsOf, inputRules } from "../dynamic/check.ts";
import { type Comparators, changedProperties, normalised } from "../dynamic/diff.ts";
import type { ResourceProvider } from "../dynamic/provider.ts";
import { NotScannedError } from "./errors.ts";
import type { GithubSession } from "./session.ts";

const rules = inputRules({
  entries: {
    repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, "It must be OWNER/NAME")),
  },
  examples: { repository: "example-org/example-repo" },
});

export type RepositoryScanningInputs = InputsOf<typeof rules>;

export interface RepositoryScanningOutputs extends RepositoryScanningInputs {
  scanning: "enabled" | "disabled";
  pushProtection: "enabled" | "disabled";
}

const comparators: Comparators<RepositoryScanningInputs> = {
  repository: normalised((name) => String(name).toLowerCase()),
};

const isOn = ({ scanning, pushProtection }: RepositoryScanning): boolean =>
  scanning === "enabled" && pushProtection === "enabled";

/** A switch, not an object: it is there as long as the repository. */
export const createRepositoryScanningProvider = (
  open: () => GithubSession,
): ResourceProvider<RepositoryScanningInputs, RepositoryScanningOutputs> => {
  const settle = async ({ repository }: RepositoryScanningInputs): Promise<RepositoryScanningOutputs> => {
    const { get, enable } = open().api.repositoryScanning;
    const before = await get(repository);
    const { scanning, pushProtection } = isOn(before) ? before : await enable(repository);
    if (scanning !== "enabled") throw new NotScannedError(repository, "secret scanning", scanning);
    if (pushProtection !== "enabled")
      throw new NotScannedError(repository, "push protection", pushProtection);
    return { repository, scanning, pushProtection };
  };

  return {
    check: async (_olds, news) => checkInputs(rules, news),

    diff: async (_id, olds, news) => {
      const replaces = changedProperties(olds, news, comparators);
      return { changes: replaces.length > 0 || !isOn(olds), replaces };
    },

    create: async (inputs) => ({ id: `repos/${inputs.repository}`, outs: await settle(inputs) }),

    read: async (id, { repository }) => {
      try {
        const { scanning, pushProtection } = await open().api.repositoryScanning.get(repository);
        // What GitHub does not tell may be off: the next deployment looks, and says what it lacks.
        const props = {
          repository,
          scanning: scanning ?? "disabled",
          pushProtection: pushProtection ?? "disabled",
        };
        return { id, inputs: { repository }, props };
      } catch (error) {
        if (error instanceof NotFoundError) return {};
        throw error;
      }
    },

    update: async (_id, _olds, news) => ({ outs: await settle(news) }),

    delete: async () => {},
  };
};
