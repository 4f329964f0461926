import type { PropertyMap } from "../model/property.ts";
import { provider, status } from "../wire/protocol.ts";
import { fromStruct } from "../wire/struct.ts";

export interface InitFailure {
  id: string;
  outputs: PropertyMap;
  inputs: PropertyMap | undefined;
  reasons: string[];
}

/**
 * The object that a failed call has made all the same, if the failure says so in its details.
 * https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto (`ErrorResourceInitFailed`)
 */
export const initFailure = (error: unknown): InitFailure | undefined => {
  if (!(error instanceof Error) || !("metadata" in error)) return undefined;
  const { metadata } = error as { metadata: { get(key: string): unknown[] } };
  const [packed] = metadata.get("grpc-status-details-bin");
  if (!(packed instanceof Uint8Array)) return undefined;
  for (const detail of status.Status.deserializeBinary(packed).getDetailsList()) {
    if (detail.getTypeName() !== "pulumirpc.ErrorResourceInitFailed") continue;
    const failure = provider.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    const inputs = failure.getInputs();
    return {
      id: failure.getId(),
      outputs: fromStruct(failure.getProperties()),
      inputs: inputs === undefined ? undefined : fromStruct(inputs),
      reasons: failure.getReasonsList(),
    };
  }
  return undefined;
};
