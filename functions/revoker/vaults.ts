import { fingerprint } from "../../core/fingerprint.ts";
import { type Stage, silentVault, type Vault } from "../../core/leak/vault.ts";
import { parseSecretValue } from "../../core/rotation/secret-value.ts";
import { messageOf } from "./errors.ts";
import type { RevokePorts } from "./revoker.ts";

const stages: readonly Stage[] = ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"];

/** What the store holds under the labels of one secret. What cannot be read is left out, and the vault is not whole. */
export const readVault = async (
  { secrets, log }: Pick<RevokePorts, "secrets" | "log">,
  secretArn: string | undefined,
): Promise<Vault> => {
  if (secretArn === undefined) return silentVault;
  try {
    const texts = await Promise.all(stages.map((stage) => secrets.value(secretArn, { stage })));
    const values = texts.map((text) => text && (parseSecretValue(text.reveal()) ?? "damaged"));
    const versions = values.flatMap((value, i) => {
      const stage = stages[i];
      if (stage === undefined || value === undefined || value === "damaged") return [];
      return [{ stage, clientId: value.clientId, fingerprint: fingerprint(value.clientSecret) }];
    });
    return { versions, isWhole: values[0] !== undefined && !values.includes("damaged") };
  } catch (error) {
    log.warn("The secret store could not be read", { secret: secretArn, error: messageOf(error) });
    return silentVault;
  }
};
