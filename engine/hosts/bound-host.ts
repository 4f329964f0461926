import type { PropertyMap } from "../model/property.ts";
import { annotateSecrets, containsUnknown } from "../wire/values.ts";
import type { ResourceHost } from "./resource-host.ts";

/**
 * Holds a binding to what Pulumi holds a plugin to: outside of a preview, a created resource has an id and every
 * output is known; and what went in as a secret comes out as one.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/provider_plugin.go
 */
export const boundHost = (host: ResourceHost): ResourceHost => ({
  plansOnly: host.plansOnly,
  previews: host.previews,
  check: async (request) => {
    const { inputs, failures } = await host.check(request);
    return { inputs: annotateSecrets(inputs, request.news), failures };
  },
  diff: (request) => host.diff(request),
  create: async (request) => {
    const { urn, inputs, preview } = request;
    const { id, outputs } = await host.create(request);
    if (preview) return { id, outputs: annotateSecrets(outputs, inputs) };
    if (id === "") throw new Error(`the provider returned no id from create of ${urn}`);
    return { id, outputs: annotateSecrets(known(urn, outputs), inputs) };
  },
  update: async (request) => {
    const { urn, newInputs, preview } = request;
    const { outputs } = await host.update(request);
    return { outputs: annotateSecrets(preview ? outputs : known(urn, outputs), newInputs) };
  },
  read: async (request) => {
    const answer = await host.read(request);
    if (answer === undefined) return undefined;
    const { inputs, outputs } = answer;
    return {
      ...answer,
      outputs: annotateSecrets(known(request.urn, outputs), request.outputs),
      ...(inputs !== undefined && { inputs: annotateSecrets(inputs, request.inputs) }),
    };
  },
  delete: (request) => host.delete(request),
});

const known = (urn: string, outputs: PropertyMap): PropertyMap => {
  const missing = Object.keys(outputs).filter((key) => containsUnknown(outputs[key]));
  if (missing.length > 0) throw new Error(`the provider did not tell ${missing.join(", ")} of ${urn}`);
  return outputs;
};
