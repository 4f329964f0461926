import { readFileSync } from "node:fs";
import { Function as Lambda } from "@pulumi/aws/lambda/function.js";
import { Provider } from "@pulumi/aws/provider.js";
import { Parameter } from "@pulumi/aws/ssm/parameter.js";
import * as pulumi from "@pulumi/pulumi";

/** What the test declares: it writes this before each run. */
export interface Bound {
  region: string;
  description: string;
  code: string;
  /** Path of a file of the code. */
  file: string;
  value: string;
  withParameter?: boolean;
}

const [bound] = JSON.parse(readFileSync(process.env.DECLARATIONS ?? "", "utf8")) as Bound[];
if (bound === undefined) throw new Error("nothing was declared");

const elsewhere = new Provider("elsewhere", { region: bound.region as "eu-west-1" });
const lambda = new Lambda("lambda", {
  role: "arn:aws:iam::123456789012:role/x",
  description: bound.description,
  code: new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset(bound.code),
    "declarations.json": new pulumi.asset.FileAsset(bound.file),
  }),
});
if (bound.withParameter !== false)
  new Parameter(
    "parameter",
    { type: "String", name: "/x", value: pulumi.secret(bound.value), description: lambda.arn },
    { provider: elsewhere },
  );

export const arn = lambda.arn;
