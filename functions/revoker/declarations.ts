import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import { isFields, isText } from "../../core/leak/fields.ts";
import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { messageOf, RevokerError } from "./errors.ts";

/**
 * What was deployed beside the function's code. The program that wrote it has checked it, and the rotator's functions
 * check it field by field; here it is only made sure that it is there, because every check more is time at the start.
 */
const deployed = (
  environment: NodeJS.ProcessEnv,
  file: string,
  isUsable: (value: Readonly<Record<string, unknown>>) => boolean,
): unknown => {
  try {
    const value: unknown = JSON.parse(readFileSync(join(environment.LAMBDA_TASK_ROOT ?? ".", file), "utf8"));
    if (isFields(value) && isUsable(value)) return value;
  } catch (error) {
    throw new RevokerError(
      "bad-declarations",
      `${file} cannot be read: ${messageOf(error)}. Deploy the stack again.`,
    );
  }
  throw new RevokerError(
    "bad-declarations",
    `${file} is not what the stack deploys. Deploy the stack again.`,
  );
};

/** @throws RevokerError bad-declarations */
export const deployedLeakDeclarations = (environment: NodeJS.ProcessEnv): LeakDeclarations =>
  deployed(
    environment,
    "leak.json",
    ({ organization, patterns, clients, decoys, protectedIds, settings, slack }) =>
      isText(organization) &&
      [patterns, clients, decoys, protectedIds].every(Array.isArray) &&
      isFields(settings) &&
      isFields(slack),
  ) as LeakDeclarations;

/** @throws RevokerError bad-declarations */
export const deployedRotationDeclarations = (environment: NodeJS.ProcessEnv): RotationDeclarations =>
  deployed(
    environment,
    "declarations.json",
    ({ masterId, region, credentials, settings }) =>
      isText(masterId) && isText(region) && Array.isArray(credentials) && isFields(settings),
  ) as RotationDeclarations;
