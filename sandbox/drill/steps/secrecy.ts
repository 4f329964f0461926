import { readFileSync } from "node:fs";
import { join } from "node:path";
import { searchForSecrets } from "../../secrecy/search.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

/** Where the file backend keeps the stack. */
const checkpoint = join(".pulumi", "stacks", "genesys-credential-guard", "sandbox.json");

export const secrecy: Step<DrillWorld> = {
  title: "no secret that the platform handed out is in the state, or in anything that was printed",
  run: async ({ issuedSecrets, stateFolder, printedFolder }) => {
    const { secrets, files, leaks } = searchForSecrets(issuedSecrets, [stateFolder, printedFolder]);
    expect(leaks.length === 0, "A secret stands in clear.", leaks.join("\n"));
    // Fifteen clients have a secret, and the state keeps them: encrypted.
    const ciphertexts =
      readFileSync(join(stateFolder, checkpoint), "utf8").match(/"ciphertext"/g)?.length ?? 0;
    expect(
      secrets > 15 && ciphertexts > 15,
      `${secrets} secrets, ${ciphertexts} ciphertexts: nothing was searched.`,
    );
    return `${secrets} secrets and tokens searched for in ${files} files: none there; ${ciphertexts} values in the state are encrypted`;
  },
};
