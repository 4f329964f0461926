import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { loadProject } from "../../../engine/project/project.ts";
import { openBackend } from "../../../engine/state/backend.ts";
import { proof } from "../../proof.ts";
import { useWorkspace } from "../project/workspace.ts";

const workspace = useWorkspace();

/** Kills a process that saves on and on once it has confirmed so many saves; the last that it has confirmed. */
const killAfter = async (saves: number): Promise<number> => {
  const child = spawn(process.execPath, [join(__dirname, "crash-child.ts"), workspace.root], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "close");
  let confirmed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    confirmed = Number(line);
    if (confirmed >= saves) child.kill("SIGKILL");
  }
  await gone;
  return confirmed;
};

proof(
  "a process killed while it saves loses nothing that it has confirmed",
  { quick: 5, full: 60 },
  async (runs, seed) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (saves) => {
        const project = loadProject(workspace.write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n" }));
        const backend = openBackend({ project, environment: {} });
        const confirmed = await killAfter(saves);
        const state = await backend.read("dev");
        // The stack and its provider, the confirmed ones, and perhaps those that were on the disk before the word.
        expect(state?.resources?.length).toBeGreaterThanOrEqual(confirmed + 2);
        await backend.save("dev", state as NonNullable<typeof state>);
      }),
      { numRuns: runs, seed },
    );
  },
);
