import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function.js";
import * as pulumi from "@pulumi/pulumi";
import type { GuardFunctionDefinition } from "../../function-catalogs.ts";
import { hostingStatements } from "../../iam/hosting-policy.ts";
import { policy, type Statement, trust } from "../../iam/policy.ts";
import { type AwsPlace, functionArn, functionName } from "../../names.ts";
import type { Egress } from "./egress.ts";

export interface GuardFunctionArgs {
  definition: GuardFunctionDefinition;
  place: AwsPlace;
  egress: Egress;
  /** The bundle. */
  code: string;
  /** What the function knows of the stack: the texts of the files beside the bundle, by name. */
  files: Readonly<Record<string, pulumi.Input<string>>>;
  environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the function does. */
  statements: readonly Statement[];
  logRetentionDays: number;
  /** Where the events go that it failed on; a queue that feeds it has its own, and who waits for it has none. */
  deadLetterArn?: pulumi.Input<string> | undefined;
  /** The queue that feeds it. */
  sourceQueueArn?: pulumi.Input<string> | undefined;
}

/** One function of the catalog: its role, its log and itself. */
export class GuardFunction extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly functionName: string;

  constructor(name: string, args: GuardFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:GuardFunction", name, {}, opts);
    this.functionName = functionName(args.place.prefix, args.definition.name);
    const log = this.#log(name, args);
    const role = this.#role(name, args);
    const rights = this.#rights(name, args, role, log);
    this.arn = this.#function(name, args, role, log, rights).arn;
    this.registerOutputs({ arn: this.arn });
  }

  #log(name: string, { logRetentionDays }: GuardFunctionArgs): LogGroup {
    return new LogGroup(
      name,
      { name: `/aws/lambda/${this.functionName}`, retentionInDays: logRetentionDays },
      { parent: this },
    );
  }

  #role(name: string, { definition }: GuardFunctionArgs): Role {
    return new Role(
      name,
      { description: definition.what, assumeRolePolicy: trust("lambda.amazonaws.com") },
      { parent: this },
    );
  }

  /** Two policies: what the function does, and what it takes to run it. */
  #rights(name: string, args: GuardFunctionArgs, role: Role, log: LogGroup): RolePolicy[] {
    const hosting = hostingStatements({
      functionArn: functionArn(args.place, args.definition.name),
      logStreamsArn: pulumi.interpolate`${log.arn}:*`,
      deadLetterArn: args.deadLetterArn,
      sourceQueueArn: args.sourceQueueArn,
    });
    return [
      new RolePolicy(`${name}-work`, { role: role.id, policy: policy(args.statements) }, { parent: this }),
      new RolePolicy(`${name}-hosting`, { role: role.id, policy: policy(hosting) }, { parent: this }),
    ];
  }

  #function(
    name: string,
    args: GuardFunctionArgs,
    role: Role,
    log: LogGroup,
    rights: RolePolicy[],
  ): LambdaFunction {
    const { definition, egress } = args;
    return new LambdaFunction(
      name,
      {
        name: this.functionName,
        description: definition.what,
        role: role.arn,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: archive({ "index.mjs": args.code, ...args.files }),
        timeout: definition.timeoutSeconds,
        memorySize: definition.memoryMegabytes,
        reservedConcurrentExecutions: definition.reservedConcurrency,
        environment: { variables: args.environment },
        vpcConfig: {
          subnetIds: egress.subnetIds,
          securityGroupIds: egress.securityGroupId === undefined ? [] : [egress.securityGroupId],
        },
        loggingConfig: { logFormat: "Text", logGroup: log.name },
        ...(args.deadLetterArn && { deadLetterConfig: { targetArn: args.deadLetterArn } }),
      },
      { parent: this, dependsOn: rights },
    );
  }
}

const archive = (
  files: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<pulumi.asset.Archive> =>
  pulumi.all(files).apply((texts) => {
    const assets = Object.entries(texts).map(([name, text]) => [name, new pulumi.asset.StringAsset(text)]);
    return new pulumi.asset.AssetArchive(Object.fromEntries(assets));
  });
