import { createHash } from "node:crypto";
import { type GuardFunctionName, isFedByQueue } from "./function-catalogs.ts";

/** Where in AWS the stack lives: what names and ARNs are made of, without asking AWS. */
export interface AwsPlace {
  accountId: string;
  region: string;
  /** Begins the names of everything that has one: `PROJECT-STACK`. */
  prefix: string;
}

/** Functions and schedules have names of 64 characters at most, and ours end in up to 24 of their own. */
const longestPrefix = 40;

/** `PROJECT-STACK`, or as much of it as fits with a digest that keeps it unique. */
export const namePrefix = (project: string, stack: string): string => {
  const whole = `${project}-${stack}`.replaceAll(/[^A-Za-z0-9_-]/g, "-");
  if (whole.length <= longestPrefix && whole === `${project}-${stack}`) return whole;
  const digest = createHash("sha256")
    .update(JSON.stringify([project, stack]))
    .digest("hex")
    .slice(0, 8);
  return `${whole.slice(0, longestPrefix - 9)}-${digest}`;
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const partitionOf = (region: string): string => {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
};

/** The ARN of something in the stack's account; services without regions leave theirs out. */
export const arn = ({ region, accountId }: AwsPlace, service: string, resource: string): string =>
  `arn:${partitionOf(region)}:${service}:${service === "iam" ? "" : region}:${accountId}:${resource}`;

/** The name under which AWS knows a function of the stack: known before it exists, as the others below. */
export const functionName = (prefix: string, name: GuardFunctionName): string => `${prefix}-${name}`;

export const functionArn = (place: AwsPlace, name: GuardFunctionName): string =>
  arn(place, "lambda", `function:${functionName(place.prefix, name)}`);

/** What comes from a FIFO queue goes to a FIFO queue, whose name ends in `.fifo`. */
export const deadLetterQueueName = (prefix: string, name: GuardFunctionName): string =>
  `${prefix}-${name}-dead-letters${isFedByQueue(name) ? ".fifo" : ""}`;
