import { randomUUID } from "node:crypto";
import { unknownValue } from "../model/property.ts";
import { packageOf, urnType } from "../wire/urn.ts";
import { equal } from "../wire/values.ts";
import type { ResourceHost } from "./resource-host.ts";

/**
 * Manages the resources that stand for providers themselves (`pulumi:providers:PACKAGE`), which exist in the state
 * alone: their configuration is inputs and outputs, their id is random.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/providers/registry.go
 *
 * @param planning ids of new providers are unknown
 * @param replaceKeys the inputs whose change replaces a provider of the package
 */
export const providerResources = (
  planning: boolean,
  replaceKeys: (packageName: string) => readonly string[],
): ResourceHost => ({
  plansOnly: false,
  previews: true,
  check: async ({ news }) => ({ inputs: news, failures: [] }),
  diff: async ({ urn, oldOutputs, newInputs }) => ({
    changes: equal(oldOutputs, newInputs) ? "none" : "some",
    replaceKeys: replaceKeys(packageOf(urnType(urn))).filter(
      (key) => !equal(oldOutputs[key], newInputs[key]),
    ),
    changedKeys: [],
    deleteBeforeReplace: false,
  }),
  create: async ({ inputs }) => ({ id: planning ? unknownValue : randomUUID(), outputs: inputs }),
  update: async ({ newInputs }) => ({ outputs: newInputs }),
  read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs, initErrors: [] }),
  delete: async () => undefined,
});
