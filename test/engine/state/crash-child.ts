import { loadProject } from "../../../engine/project/project.ts";
import { openBackend } from "../../../engine/state/backend.ts";
import { client, deployment } from "./fixtures.ts";

/** Saves one resource more, and then says so, until it is killed. */
const [root = ""] = process.argv.slice(2);
const backend = openBackend({ project: loadProject(root), environment: {} });
const state = deployment();
for (let count = 1; ; count += 1) {
  state.resources?.push(client(`c${count}`));
  await backend.save("dev", state);
  process.stdout.write(`${count}\n`);
}
