import type { DecoyClient, OauthClient, SecretPattern } from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import type { LeakConfig } from "../../../config/leak-schema.ts";
import type { ClientConfig } from "../../../config/schema.ts";
import { leakDeclarations } from "../../../leak-declarations.ts";
import { GuardedRepositories } from "../../github/guarded-repositories.ts";
import { OrganizationHook } from "../../github/organization-hook.ts";
import type { Foundation } from "../foundation.ts";
import type { Rotation } from "../rotation.ts";
import { ApiGatewayRole } from "./api-gateway-role.ts";
import { HandedSecrets } from "./handed-secrets.ts";
import { Responder } from "./responder.ts";
import { WebhookEndpoint } from "./webhook-endpoint.ts";
import { WebhookSecret } from "./webhook-secret.ts";
import { WebhookShield } from "./webhook-shield.ts";

export interface LeakAnswerArgs {
  leak: LeakConfig;
  /** On GitHub. */
  organization: string;
  foundation: Foundation;
  rotation: Rotation;
  clients: readonly ClientConfig[];
  /** Each by logical id; of clients those that are not rotated. */
  declared: ReadonlyMap<string, OauthClient>;
  decoys: ReadonlyMap<string, DecoyClient>;
  patterns: ReadonlyMap<string, SecretPattern>;
  logRetentionDays: number;
  /** Whether what cannot be had again is protected against deletion. */
  protect: boolean;
}

/** From a leaked secret to a dead one: GitHub's webhook, the functions behind it, and the gates before the next leak. */
export class LeakAnswer extends pulumi.ComponentResource {
  /** Where GitHub sends its webhooks. */
  readonly webhookUrl: pulumi.Output<string>;
  /** A message here has an alert looked at, or releases a held one. */
  readonly leakQueueUrl: pulumi.Output<string>;
  /** Where the secrets go that others issue. */
  readonly secretArns: HandedSecrets["arns"];

  constructor(name: string, args: LeakAnswerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:LeakAnswer", name, {}, opts);
    if (args.leak.mode === "dryRun") {
      void pulumi.log.warn(
        "leak.mode is dryRun: leaked credentials are found out and told of, and go on working until a person acts.",
        this,
      );
    }
    const secret = this.#webhookSecret(args);
    const handed = this.#handedSecrets(args);
    const responder = this.#responder(args, secret, handed);
    const endpoint = this.#endpoint(args, responder);
    const hook = this.#github(args, secret, endpoint, responder);
    responder.sweep(this.#declarations(args, hook.hookId));
    this.webhookUrl = endpoint.url;
    this.leakQueueUrl = responder.leaks.url;
    this.secretArns = handed.arns;
    this.registerOutputs({ webhookUrl: this.webhookUrl });
  }

  #webhookSecret({ leak, foundation, protect }: LeakAnswerArgs): WebhookSecret {
    return new WebhookSecret(
      "github-webhook",
      { keyArn: foundation.store.keyArn, generation: leak.webhookSecretGeneration, protect },
      { parent: this },
    );
  }

  #handedSecrets({ foundation, protect }: LeakAnswerArgs): HandedSecrets {
    return new HandedSecrets(
      "handed-secrets",
      { keyArn: foundation.store.keyArn, protect },
      { parent: this },
    );
  }

  #responder(args: LeakAnswerArgs, webhookSecret: WebhookSecret, handed: HandedSecrets): Responder {
    const { leak, foundation, rotation, clients, logRetentionDays, protect } = args;
    return new Responder(
      "responder",
      {
        foundation,
        rotator: rotation.rotator,
        leak,
        webhookSecret,
        handed,
        credentialArns: clients.map(({ id }) => foundation.home.secretArn(id)),
        declarations: rotation.declarations,
        leakDeclarations: this.#declarations(args),
        logRetentionDays,
        protect,
      },
      { parent: this },
    );
  }

  #endpoint({ leak, foundation, logRetentionDays }: LeakAnswerArgs, responder: Responder): WebhookEndpoint {
    const { place } = foundation;
    const child = { parent: this };
    const logRole = leak.setApiGatewayRole
      ? new ApiGatewayRole("api-gateway", { place }, child).account
      : undefined;
    const { receive } = responder;
    const endpoint = new WebhookEndpoint("webhooks", { place, receive, logRetentionDays, logRole }, child);
    const { hookAddresses } = leak;
    new WebhookShield("webhooks", { place, stageArn: endpoint.stage.arn, hookAddresses }, child);
    return endpoint;
  }

  #github(
    { leak, organization }: LeakAnswerArgs,
    secret: WebhookSecret,
    endpoint: WebhookEndpoint,
    responder: Responder,
  ): OrganizationHook {
    const child = { parent: this };
    new GuardedRepositories("guarded", { organization, leak }, child);
    return new OrganizationHook(
      "leaks",
      { url: endpoint.url, secret: secret.current },
      // GitHub tries a new webhook, and signs with a new secret, as soon as it has them.
      { ...child, dependsOn: [secret.stored, endpoint, responder.receive] },
    );
  }

  #declarations(args: LeakAnswerArgs, hookId?: pulumi.Input<string>): pulumi.Output<string> {
    const { organization, leak, clients, declared, decoys, patterns, foundation } = args;
    const { secretArn } = foundation.home;
    return leakDeclarations({ organization, leak, clients, declared, decoys, patterns, secretArn }, hookId);
  }
}
