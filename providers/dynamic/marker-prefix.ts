import * as pulumi from "@pulumi/pulumi";
import { markerPrefix as prefix } from "../../core/marker.ts";

/** The part of a marker that names the stack and the resource declared under `logicalName`. */
export const markerPrefix = (logicalName: string): string =>
  prefix({
    organization: pulumi.getOrganization(),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    logicalName,
  });
