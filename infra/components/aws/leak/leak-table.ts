import { Table } from "@pulumi/aws/dynamodb/table.js";
import * as pulumi from "@pulumi/pulumi";

export interface LeakTableArgs {
  /** Whether the table is protected against deletion. */
  protect: boolean;
}

/**
 * The cases of leaks, which are kept, and the deliveries of the webhook, which are forgotten when they expire. It holds
 * no secret: so AWS's own key will do.
 */
export class LeakTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, { protect }: LeakTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("guard:index:LeakTable", name, {}, opts);
    const table = new Table(
      name,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: "pk",
        attributes: [{ name: "pk", type: "S" }],
        ttl: { attributeName: "expires", enabled: true },
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
