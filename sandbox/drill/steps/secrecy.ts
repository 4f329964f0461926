import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

export const secrecy: Step<DrillWorld> = {
  title: "no secret of the organisation is in the state, or in anything that was printed",
  run: async ({ genesys, github, stateFolder, transcript }) => {
    const secrets = [...genesys.world.clients.all().map(({ secret }) => secret), github.token];
    const files = readdirSync(stateFolder, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    const found = secrets.filter((secret) => [...files, ...transcript].some((text) => text.includes(secret)));
    expect(found.length === 0, `${found.length} secrets were found in clear.`);
    expect(
      files.some((text) => text.includes("ciphertext")),
      "The state holds no ciphertext: the search has looked in the wrong place.",
    );
    return `${secrets.length} secrets searched for in ${files.length} state files and ${transcript.length} outputs: none there`;
  },
};
