import * as pulumi from "@pulumi/pulumi";
import { markerPrefix as prefix } from "../../core/marker.ts";

/** An engine always names the organisation; the mocks of a unit test need not. */
const organizationName = (): string => {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
};

/** The part of a marker that names the stack and the resource, as unique as the resource's URN. */
export const markerPrefix = (type: string, logicalName: string, opts?: pulumi.ResourceOptions): string =>
  prefix({
    organization: organizationName(),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    logicalName,
    qualifiers: [
      type,
      ...(opts?.parent === undefined
        ? []
        : [pulumi.resourceType(opts.parent), pulumi.resourceName(opts.parent)]),
    ],
  });
