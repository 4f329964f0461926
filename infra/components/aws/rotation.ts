import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../../config/aws-config.ts";
import { rotationOf } from "../../config/rotated-clients.ts";
import { type DeclaredCredential, rotationDeclarations } from "../../rotation-declarations.ts";
import { Alarms } from "./alarms.ts";
import type { Foundation } from "./foundation.ts";
import { RotationSchedules } from "./rotation-schedules.ts";
import { Rotator } from "./rotator.ts";

export interface RotationArgs {
  aws: AwsConfig;
  foundation: Foundation;
  /** Genesys Cloud region. */
  region: string;
  credentials: readonly DeclaredCredential[];
}

/** What keeps the credentials young: functions, their schedules, and alarms for when they do not. */
export class Rotation extends pulumi.ComponentResource {
  /** A message here has a credential rotated at once. */
  readonly emergencyQueueUrl: pulumi.Output<string>;
  readonly rotator: Rotator;
  /** What the functions know of the rotated credentials: the text of `declarations.json`. */
  readonly declarations: pulumi.Output<string>;

  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Rotation", name, {}, opts);
    const { aws, foundation, region, credentials } = args;
    const child = { parent: this };
    this.declarations = rotationDeclarations(region, aws, credentials);
    this.rotator = new Rotator(
      "rotator",
      {
        place: foundation.place,
        egress: foundation.egress,
        store: foundation.store,
        ledger: foundation.ledger,
        secretArns: credentials.map(({ client }) => client.secretArn),
        declarations: this.declarations,
        region,
        logRetentionDays: aws.functions.logRetentionDays,
      },
      child,
    );
    new RotationSchedules(
      "schedules",
      {
        rotator: this.rotator,
        credentials: credentials.map(({ config, client }) => ({
          id: config.id,
          client,
          intervalHours: rotationOf(config).intervalHours,
        })),
      },
      child,
    );
    new Alarms(
      "alarms",
      { aws, place: foundation.place, clients: credentials.map((each) => each.config) },
      child,
    );
    this.emergencyQueueUrl = this.rotator.emergencies.url;
    this.registerOutputs({});
  }
}
