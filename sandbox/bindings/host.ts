/**
 * For `guard --bind aws=sandbox/bindings/host.ts` (and github, random): manages the resources of provider plugins in
 * the simulated AWS of another process, at SANDBOX_BINDINGS_URL.
 *
 * State of 2026-11-21, @pulumi/aws 7.48.
 * - As a plugin does: what is not known yet stays unknown in a preview, an update keeps the outputs that do not change,
 *   secrets stay secrets; names that the program leaves out are made up; a provider of another region replaces what
 *   it manages.
 * - By design: nothing is checked, no defaults are filled in; any change of inputs is an update, but for those of
 *   `replacements.ts`; where the plugin would delete a named resource before it makes its replacement, the new one is
 *   made first here, which fails if the name is taken.
 */
import type { BoundProvider } from "../../engine/hosts/binding.ts";
import type { ResourceHost } from "../../engine/hosts/resource-host.ts";
import { type PropertyMap, type PropertyValue, unknownValue } from "../../engine/model/property.ts";
import { urnType } from "../../engine/wire/urn.ts";
import { equal, withoutSecrets } from "../../engine/wire/values.ts";
import { replacements } from "./replacements.ts";

/** https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go (`ForcesProviderReplace`) */
export const providerReplaceKeys = ["region"];

export const createHost = ({ config, environment }: BoundProvider): ResourceHost => {
  const url = environment.SANDBOX_BINDINGS_URL;
  if (url === undefined) throw new Error("SANDBOX_BINDINGS_URL is not set: `npm run sandbox` prints it.");
  const region = String(config.region ?? environment.AWS_REGION ?? "us-east-1");

  const call = async (
    verb: string,
    body: { urn: string; id?: string; inputs?: PropertyMap },
  ): Promise<unknown> => {
    const response = await fetch(`${url}/${verb}`, {
      method: "POST",
      // No connection outlives the call, and with it the command.
      headers: { "content-type": "application/json", connection: "close" },
      body: JSON.stringify({ region, ...body }),
    });
    const { answer, message } = (await response.json()) as { answer?: unknown; message?: string };
    if (!response.ok) throw new Error(message ?? `HTTP ${response.status}`);
    return answer;
  };

  return {
    plansOnly: false,
    previews: true,
    check: async ({ news }) => ({ inputs: news, failures: [] }),
    diff: async ({ urn, oldInputs, newInputs }) => ({
      changes: "unknown",
      replaceKeys: (replacements[urnType(urn)] ?? []).filter((key) => !same(oldInputs[key], newInputs[key])),
      changedKeys: [],
      deleteBeforeReplace: false,
    }),
    create: async ({ urn, inputs, preview }) => {
      if (preview) return { id: "", outputs: inputs };
      return (await call("create", { urn, inputs })) as { id: string; outputs: PropertyMap };
    },
    update: async ({ urn, id, oldInputs, oldOutputs, newInputs, preview }) => {
      if (preview) {
        const kept = Object.entries(oldOutputs).filter(([key]) => !(key in oldInputs) || key in newInputs);
        return { outputs: { ...Object.fromEntries(kept), ...newInputs } };
      }
      return (await call("update", { urn, id, inputs: newInputs })) as { outputs: PropertyMap };
    },
    read: async ({ urn, id }) => {
      const now = (await call("read", { urn, id })) as { inputs: PropertyMap; outputs: PropertyMap } | null;
      return now === null ? undefined : { id, ...now, initErrors: [] };
    },
    delete: async ({ urn, id }) => {
      await call("delete", { urn, id });
    },
  };
};

/** What is unknown may be another value. */
const same = (left: PropertyValue | undefined, right: PropertyValue | undefined): boolean =>
  right !== unknownValue && equal(left && withoutSecrets(left), right && withoutSecrets(right));
