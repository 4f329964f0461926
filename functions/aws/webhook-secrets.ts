import type { Permission } from "../permissions.ts";
import { heldSecretPermissions } from "./held-secret.ts";

export const webhookSecretsPermissions: readonly Permission[] = heldSecretPermissions(
  "webhookSecret",
  "The secrets with which GitHub signs its webhooks",
);
