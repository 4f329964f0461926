#!/usr/bin/env node
/**
 * `node scripts/run.mjs SCRIPT [ARGS]`: makes a fresh clone ready, then runs the script with the Node that package.json
 * pins, where the platform has one. Not by npm's pre-scripts, which npm leaves out where scripts are switched off.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root, setUp } from "./setup.mjs";

setUp();

const bin = join(root, "node_modules", ".bin");
const pinned = join(bin, "node");
const child = spawn(existsSync(pinned) ? pinned : process.execPath, process.argv.slice(2), {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
});
// Ctrl-C reaches both; the script decides when to end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
