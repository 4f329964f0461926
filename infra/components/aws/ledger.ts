import { Table } from "@pulumi/aws/dynamodb/table.js";
import * as pulumi from "@pulumi/pulumi";

export interface LedgerArgs {
  /** Whether the table is protected against deletion. */
  protect: boolean;
}

/** The table of intents and leases. It holds no secret, and can be rebuilt: so AWS's own key will do. */
export class Ledger extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, { protect }: LedgerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:Ledger", name, {}, opts);
    const table = new Table(
      name,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: "pk",
        attributes: [{ name: "pk", type: "S" }],
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true },
        deletionProtectionEnabled: protect,
      },
      { parent: this, protect },
    );
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName });
  }
}
