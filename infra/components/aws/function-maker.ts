import type * as pulumi from "@pulumi/pulumi";
import { permissionsOf } from "../../../functions/aws/permissions.ts";
import { bundleFunctions } from "../../bundles.ts";
import {
  definitionOf,
  type GuardFunctionDefinition,
  type GuardFunctionName,
  isAwaited,
  isFedByQueue,
} from "../../function-catalogs.ts";
import { functionEnvironment, type PortVariables } from "../../function-environment.ts";
import { functionStatements, type ResourceArns } from "../../iam/function-policy.ts";
import type { AwsPlace } from "../../names.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { Egress } from "./egress.ts";
import type { FunctionQueue } from "./function-queue.ts";
import { GuardFunction } from "./guard-function.ts";

export interface FunctionMakerArgs {
  definitions: readonly GuardFunctionDefinition[];
  place: AwsPlace;
  egress: Egress;
  logRetentionDays: number;
  /** What the functions' ports reach, by the names of variables and by kinds of resources. */
  variables: PortVariables<pulumi.Input<string>>;
  arns: ResourceArns;
  /** By the function that each feeds. */
  queues: Readonly<Partial<Record<GuardFunctionName, FunctionQueue>>>;
  deadLetters: DeadLetters;
}

/** Makes functions of a catalog below a component, each with what its ports need and nothing else. */
export const functionMaker = (args: FunctionMakerArgs, parent: pulumi.Resource) => {
  const { place, egress, logRetentionDays, variables, arns, queues, deadLetters } = args;
  const bundles = bundleFunctions(args.definitions);
  return (name: GuardFunctionName, files: Readonly<Record<string, pulumi.Input<string>>>): GuardFunction => {
    const definition = definitionOf(name);
    return new GuardFunction(
      name,
      {
        definition,
        place,
        egress,
        code: bundles.get(name) ?? "",
        files,
        environment: functionEnvironment(definition, variables),
        statements: functionStatements(permissionsOf(definition), arns),
        logRetentionDays,
        sourceQueueArn: queues[name]?.arn,
        deadLetterArn: isFedByQueue(name) || isAwaited(name) ? undefined : deadLetters.arnOf(name),
      },
      { parent },
    );
  };
};
