import * as pulumi from "@pulumi/pulumi";
import { markerPrefix as prefix } from "../../core/marker.ts";

/** The part of a marker that names the stack and the resource, as unique as the resource's URN. */
export const markerPrefix = (type: string, logicalName: string, opts?: pulumi.ResourceOptions): string =>
  prefix({
    organization: pulumi.getOrganization(),
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
