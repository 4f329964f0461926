import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../../config/aws-config.ts";
import type { ClientConfig } from "../../config/schema.ts";
import { type AwsPlace, namePrefix } from "../../names.ts";
import { secretNameOf } from "../../secret-names.ts";
import type { CredentialHome } from "../team.ts";
import { CredentialStore } from "./credential-store.ts";
import { Egress } from "./egress.ts";
import { Ledger } from "./ledger.ts";

export interface FoundationArgs {
  aws: AwsConfig;
  clients: readonly ClientConfig[];
  protect: boolean;
}

/** What the stack's clients need in AWS before they exist: where their secrets go, and whence they are called. */
export class Foundation extends pulumi.ComponentResource {
  readonly place: AwsPlace;
  readonly provider: Provider;
  readonly egress: Egress;
  /** What the clients need to know of it. */
  readonly home: CredentialHome;
  /** Addresses by the name that allowlists use. */
  readonly addresses: Readonly<Record<string, pulumi.Output<string>[]>>;
  readonly store: CredentialStore;
  readonly ledger: Ledger;

  constructor(name: string, args: FoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Foundation", name, {}, opts);
    const { aws, clients, protect } = args;
    this.place = placeIn(aws, aws.region);
    this.provider = this.#provider("aws", aws, aws.region);
    const here = { parent: this, providers: [this.provider] };
    const { disasterRecovery, ...primary } = aws.network;
    this.egress = new Egress("primary", { place: this.place, ...primary, active: true, protect }, here);
    const standby = disasterRecovery && this.#standby(aws, disasterRecovery, protect);
    this.addresses = {
      primary: this.egress.addresses,
      ...(standby && { "disaster-recovery": standby.addresses }),
    };
    this.store = new CredentialStore(
      "credentials",
      {
        place: this.place,
        credentials: clients.map((client) => storedCredential(client)),
        replicaRegion: disasterRecovery?.region,
        protect,
      },
      here,
    );
    this.ledger = new Ledger("ledger", { protect }, here);
    this.home = {
      secretArn: (id) => this.store.secretArn(id),
      ledgerTable: this.ledger.tableName,
      awsRegion: aws.region,
    };
    this.registerOutputs({});
  }

  /** Refuses another account than the configured one, and tags everything that takes tags. */
  #provider(name: string, aws: AwsConfig, region: string): Provider {
    const tags = { Project: pulumi.getProject(), Stack: pulumi.getStack() };
    return new Provider(
      name,
      {
        region,
        allowedAccountIds: [aws.accountId],
        defaultTags: { tags },
      },
      { parent: this },
    );
  }

  #standby(
    aws: AwsConfig,
    disasterRecovery: NonNullable<AwsConfig["network"]["disasterRecovery"]>,
    protect: boolean,
  ): Egress {
    const { region, ...network } = disasterRecovery;
    const { flowLogRetentionDays } = aws.network;
    return new Egress(
      "disaster-recovery",
      { place: placeIn(aws, region), ...network, flowLogRetentionDays, protect },
      { parent: this, providers: [this.#provider("aws-disaster-recovery", aws, region)] },
    );
  }
}

const placeIn = ({ accountId }: AwsConfig, region: string): AwsPlace => ({
  accountId,
  region,
  prefix: namePrefix(pulumi.getProject(), pulumi.getStack()),
});

const storedCredential = (client: ClientConfig) => ({
  id: client.id,
  secretName: secretNameOf(client),
  description: `Genesys Cloud client "${client.name}" of team ${client.team}`,
});
