import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { ownSecretName } from "../../../secret-names.ts";

export interface WebhookSecretArgs {
  keyArn: pulumi.Input<string>;
  /** Raised by one: a new secret. */
  generation: number;
  /** Whether the secret is protected against deletion, and kept for a time after one. */
  protect: boolean;
}

/** Which generation each of two places holds: they take turns, so that a new one leaves the one before alone. */
const places = (generation: number) => {
  const isEven = generation % 2 === 0;
  return { even: isEven ? generation : generation - 1, odd: isEven ? generation - 1 : generation };
};

/**
 * The secret with which GitHub signs webhooks, beside the one before it, so that nothing that is under way during a
 * change is refused. GitHub must not get a new one before the receiver has it: `stored`.
 */
export class WebhookSecret extends pulumi.ComponentResource {
  readonly secretArn: pulumi.Output<string>;
  /** What GitHub is to sign with. Encrypted in the state. */
  readonly current: pulumi.Output<string>;
  readonly stored: SecretVersion;

  constructor(name: string, args: WebhookSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:WebhookSecret", name, {}, opts);
    const { even, odd } = places(args.generation);
    const [ofEven, ofOdd] = [this.#password(`${name}-even`, even), this.#password(`${name}-odd`, odd)];
    const [current, previous] = args.generation === even ? [ofEven, ofOdd] : [ofOdd, ofEven];
    const secret = new Secret(
      name,
      {
        name: ownSecretName(name),
        description: "The secrets with which GitHub signs webhooks: the current one and the one before",
        kmsKeyId: args.keyArn,
        recoveryWindowInDays: args.protect ? 30 : 0,
      },
      { parent: this, protect: args.protect },
    );
    this.secretArn = secret.arn;
    this.current = pulumi.secret(current.result);
    this.stored = new SecretVersion(
      name,
      {
        secretId: secret.id,
        secretString: pulumi.jsonStringify({
          current: this.current,
          previous: pulumi.secret(previous.result),
        }),
      },
      { parent: this },
    );
    this.registerOutputs({ secretArn: this.secretArn });
  }

  #password(name: string, generation: number): RandomPassword {
    return new RandomPassword(
      name,
      { length: 48, special: false, keepers: { generation: String(generation) } },
      { parent: this },
    );
  }
}
