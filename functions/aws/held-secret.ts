import { secretsManager } from "../../apis/aws/secrets-manager.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import { keptSecret } from "../held-secret.ts";
import type { Permission, ResourceKind } from "../permissions.ts";
import type { HeldSecret } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const heldSecretPermissions = (on: ResourceKind, why: string): readonly Permission[] => [
  { actions: ["secretsmanager:GetSecretValue"], on, why },
  {
    actions: ["kms:Decrypt"],
    on: "secretsKey",
    why: "Secrets Manager decrypts a value with the rights of the one who reads it",
  },
];

export interface AwsHeldSecretOptions {
  secretArn: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

export const awsHeldSecret = (
  session: AwsSession,
  { secretArn, now = Date.now }: AwsHeldSecretOptions,
): HeldSecret => {
  const secrets = secretsManager(session);
  return keptSecret(() => asPort(async () => (await secrets.value(secretArn)).value), now);
};
