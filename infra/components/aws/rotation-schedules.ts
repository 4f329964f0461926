import type { RotatedClient } from "@genesys-credential-guard/providers";
import { SecretRotation } from "@pulumi/aws/secretsmanager/secretRotation.js";
import * as pulumi from "@pulumi/pulumi";
import type { Rotator } from "./rotator.ts";

export interface ScheduledCredential {
  id: string;
  client: RotatedClient;
  intervalHours: number;
}

export interface RotationSchedulesArgs {
  credentials: readonly ScheduledCredential[];
  rotator: Rotator;
}

/** Has Secrets Manager rotate every credential in its interval, once its first generation is stored. */
export class RotationSchedules extends pulumi.ComponentResource {
  constructor(name: string, args: RotationSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:RotationSchedules", name, {}, opts);
    for (const { id, client, intervalHours } of args.credentials) {
      new SecretRotation(
        id,
        {
          secretId: client.secretArn,
          rotationLambdaArn: args.rotator.functionArn("rotate"),
          rotateImmediately: false,
          rotationRules: { scheduleExpression: `rate(${intervalHours} hours)` },
        },
        { parent: this, dependsOn: [client, args.rotator.rotationPermission] },
      );
    }
    this.registerOutputs({});
  }
}
