import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import type { ResourceState } from "../model/deployment.ts";
import type { PropertyMap } from "../model/property.ts";
import { resource as messages } from "../wire/protocol.ts";
import { toStruct } from "../wire/struct.ts";
import { containsUnknown, withoutReferences, withoutSecrets } from "../wire/values.ts";

/** Tells the program what became of its resource, in the terms that its SDK understands. */
export const mapResponse = (
  request: RegisterResourceRequest,
  state: ResourceState,
): RegisterResourceResponse => {
  const outputs: PropertyMap = {};
  // A component's outputs are the program's own.
  for (const [key, value] of Object.entries(state.custom ? (state.outputs ?? {}) : {})) {
    if (containsUnknown(value) && !request.getSupportspartialvalues()) continue;
    const known = request.getAcceptresources() ? value : withoutReferences(value);
    outputs[key] = request.getAcceptsecrets() ? known : withoutSecrets(known);
  }
  return new messages.RegisterResourceResponse()
    .setUrn(state.urn)
    .setId(state.id ?? "")
    .setObject(toStruct(outputs));
};
