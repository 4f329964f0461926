import type * as pulumi from "@pulumi/pulumi";
import { type AwsPlace, arn } from "../names.ts";
import { policy } from "./policy.ts";

/** What it takes to look after a key, without using it. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

const use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"];

/**
 * Leaves it to the account's IAM who looks after the key and who uses it, but nobody uses it other than through
 * Secrets Manager in this region. A key's policy means the key itself by `*`.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export const keyPolicy = (place: AwsPlace): pulumi.Output<string> => {
  const account = { AWS: arn(place, "iam", "root") };
  return policy([
    { Sid: "Administration", Effect: "Allow", Principal: account, Action: administration, Resource: ["*"] },
    {
      Sid: "UseThroughSecretsManager",
      Effect: "Allow",
      Principal: account,
      Action: use,
      Resource: ["*"],
      Condition: {
        StringEquals: {
          "kms:CallerAccount": place.accountId,
          "kms:ViaService": `secretsmanager.${place.region}.amazonaws.com`,
        },
      },
    },
  ]);
};
