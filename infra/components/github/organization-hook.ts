import { OrganizationWebhook } from "@pulumi/github/organizationWebhook.js";
import * as pulumi from "@pulumi/pulumi";

export interface OrganizationHookArgs {
  url: pulumi.Input<string>;
  /** What GitHub signs with. */
  secret: pulumi.Input<string>;
}

/** An alert, and a place where a known secret turns up once more. */
const events = ["secret_scanning_alert", "secret_scanning_alert_location"];

/** Has GitHub tell us of every leaked secret in any repository of the organisation. */
export class OrganizationHook extends pulumi.ComponentResource {
  /** GitHub's number of it. */
  readonly hookId: pulumi.Output<string>;

  constructor(name: string, { url, secret }: OrganizationHookArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:OrganizationHook", name, {}, opts);
    const hook = new OrganizationWebhook(
      name,
      { active: true, events, configuration: { url, secret, contentType: "json", insecureSsl: false } },
      { parent: this },
    );
    this.hookId = hook.id;
    this.registerOutputs({ hookId: this.hookId });
  }
}
