import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import * as pulumi from "@pulumi/pulumi";
import { ownSecretName } from "../../../secret-names.ts";

export interface HandedSecretsArgs {
  keyArn: pulumi.Input<string>;
  /** Whether the secrets are protected against deletion, and kept for a time after one. */
  protect: boolean;
}

/**
 * Places for the secrets that others issue. The program makes them empty, and a person or the pipeline puts the values
 * in: none passes through it or its state.
 */
export class HandedSecrets extends pulumi.ComponentResource {
  readonly arns: Readonly<Record<"githubApp" | "slack" | "siem", pulumi.Output<string>>>;

  constructor(name: string, args: HandedSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:HandedSecrets", name, {}, opts);
    const place = (each: string, description: string) => this.#secret(each, description, args).arn;
    this.arns = {
      githubApp: place(
        "github-app",
        'The GitHub App that reads alerts: {"appId": ..., "installationId": ..., "privateKey": ...}',
      ),
      slack: place("slack", 'The bot that tells developers and security: {"botToken": ...}'),
      siem: place("siem", 'The token of the SIEM\'s intake: {"token": ...}'),
    };
    this.registerOutputs({ arns: this.arns });
  }

  #secret(name: string, description: string, { keyArn, protect }: HandedSecretsArgs): Secret {
    return new Secret(
      name,
      {
        name: ownSecretName(name),
        description,
        kmsKeyId: keyArn,
        // As the store has it for credentials.
        recoveryWindowInDays: protect ? 30 : 0,
      },
      { parent: this, protect },
    );
  }
}
