import { GuardError } from "../model/errors.ts";
import { openPassphrase } from "../secrets/passphrase.ts";
import type { Project } from "./project.ts";
import { mergeStackConfig, type StackConfig } from "./stack-config.ts";
import { readStackFile, requirePassphrase } from "./stack-file.ts";

/**
 * The configuration of a stack, decrypted with the passphrase of the environment. The passphrase is asked for only
 * if a value is encrypted, so that a stack whose secrets are elsewhere can be planned without it.
 *
 * @throws GuardError those of `loadStackConfig` and `openPassphrase`; `missing-salt`
 */
export const openStackConfig = async (
  project: Project,
  stackName: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StackConfig> => {
  const file = readStackFile(project, stackName);
  const { settings } = file;
  if (settings.secureKeys.length === 0) return mergeStackConfig(project, stackName, file);
  requirePassphrase(settings);
  if (settings.encryptionSalt === undefined) {
    throw new GuardError(
      "missing-salt",
      `${settings.path} holds encrypted values (${settings.secureKeys.join(", ")}) and no encryptionsalt to decrypt ` +
        "them with. Restore encryptionsalt from version control, or set the values again with `pulumi config set --secret`.",
    );
  }
  const crypter = await openPassphrase({ salt: settings.encryptionSalt, environment });
  return mergeStackConfig(project, stackName, file, crypter);
};
