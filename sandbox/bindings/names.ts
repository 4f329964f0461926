/**
 * Names, ids and ARNs in AWS's forms.
 *
 * Verified: the plugin names what the program does not, as the logical name, a dash and seven hexadecimal digits
 * (https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming); forms of ids and ARNs
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
import { randomBytes } from "node:crypto";
import type { PropertyMap } from "../../engine/model/property.ts";
import { optionalText } from "./inputs.ts";

export const hexadecimal = (digits: number): string => randomBytes(digits).toString("hex").slice(0, digits);

/** The name that the program gives, or one made from the logical name. */
export const nameOf = (inputs: PropertyMap, logicalName: string, suffix = ""): string =>
  optionalText(inputs, "name") ??
  `${optionalText(inputs, "namePrefix") ?? `${logicalName}-`}${hexadecimal(7)}${suffix}`;

/** `vpc` of `aws:ec2/vpc:Vpc`. */
export const kindOf = (type: string): string => type.split(":")[1]?.split("/")[1] ?? "";
export const serviceOf = (type: string): string => type.split(":")[1]?.split("/")[0] ?? "";
