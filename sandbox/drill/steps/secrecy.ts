import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { searchForSecrets } from "../../secrecy/search.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

/** Where the file backend keeps the stack. */
const checkpoint = join(".pulumi", "stacks", "genesys-credential-guard", "sandbox.json");

/** What the functions have written, measured and left in the ledger, the queues and the schedules. */
const writeDown = ({ aws, printedFolder }: DrillWorld): void => {
  const { cloud } = aws;
  const services = [...cloud.regions].map(({ tables, queues, schedules }) => ({
    ledger: [...tables.values()].flatMap(({ items }) => [...items.values()]),
    messages: [...queues.values()].map(({ messages }) => messages),
    schedules: [...schedules.all.values()],
  }));
  const { log, measurements, invocations } = cloud;
  const errors = invocations.map(({ error }) => (error instanceof Error ? error.stack : error));
  const written = { lines: log.lines, measured: measurements.all, errors, services };
  writeFileSync(join(printedFolder, "functions.json"), JSON.stringify(written));
};

export const secrecy: Step<DrillWorld> = {
  title:
    "no secret that was handed out is in the state, in anything printed, or in what the functions have written",
  run: async (world) => {
    const { issuedSecrets, stateFolder, printedFolder } = world;
    writeDown(world);
    const { secrets, files, leaks } = searchForSecrets(issuedSecrets, [stateFolder, printedFolder]);
    expect(leaks.length === 0, "A secret stands in clear.", leaks.join("\n"));
    // The clients without a place in Secrets Manager have theirs in the state: encrypted.
    const ciphertexts =
      readFileSync(join(stateFolder, checkpoint), "utf8").match(/"ciphertext"/g)?.length ?? 0;
    expect(
      secrets > 15 && ciphertexts > 0,
      `${secrets} secrets, ${ciphertexts} ciphertexts: nothing was searched.`,
    );
    return `${secrets} secrets, keys and tokens searched for in ${files} files: none there; ${ciphertexts} values in the state are encrypted`;
  },
};
