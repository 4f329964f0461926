import * as v from "valibot";
import { type CheckFailure, isUnknown } from "../../dynamic/provider.ts";

/** The inputs that say where a secret is. */
export const secretHomeEntries = {
  secretArn: v.pipe(
    v.string(),
    v.regex(
      /^arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/,
      "It must be the ARN of a secret in Secrets Manager",
    ),
  ),
  awsRegion: v.pipe(
    v.string(),
    v.regex(/^[a-z]{2}(?:-[a-z]+)+-\d+$/, "It must be the name of an AWS region"),
  ),
};

export const secretHomeExamples = {
  secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:crm-a1B2c3",
  awsRegion: "eu-central-1",
};

/** A secret is read and written in the region that its ARN names. */
export const secretHomeFailures = (
  property: string,
  { secretArn, awsRegion }: Partial<Record<string, unknown>>,
): CheckFailure[] => {
  if (typeof secretArn !== "string" || typeof awsRegion !== "string") return [];
  const region = secretArn.split(":")[3];
  return isUnknown(secretArn) || isUnknown(awsRegion) || region === undefined || region === awsRegion
    ? []
    : [
        {
          property,
          reason: `The secret is in the region ${region}, not in ${awsRegion}: for example ${JSON.stringify(region)}.`,
        },
      ];
};
