/**
 * `npm run mutate [FOLDER]`: which changes of a folder no test of the same folder in test/ would notice, such as
 * `npm run mutate core/rotation`. Default: `core`, the whole.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = (process.argv[2] ?? "core").replace(/\/+$/, "");

if (existsSync(join(root, folder)) && existsSync(join(root, "test", folder))) {
  const { status } = spawnSync(join(root, "node_modules", ".bin", "stryker"), ["run"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, MUTATED_FOLDER: folder },
  });
  process.exitCode = status ?? 1;
} else {
  console.error(`${folder} has no tests in test/${folder}. Name a folder such as core/rotation.`);
  process.exitCode = 1;
}
