#!/usr/bin/env node
// The engine is TypeScript that Node itself runs, from 22.18 on. An older Node starts the one that npm has installed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);

const installedNode = () => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const node = join(folder, "node_modules", ".bin", "node");
    if (existsSync(node)) return node;
    if (folder === dirname(folder)) return undefined;
  }
};

const runWith = (node) =>
  new Promise((resolve) => {
    const environment = { ...process.env, GUARD_NODE: "installed" };
    const self = fileURLToPath(import.meta.url);
    const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: "inherit", env: environment });
    // Ctrl-C reaches both; the other one decides when to end.
    process.on("SIGINT", () => undefined);
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("close", (code) => resolve(code ?? 1));
  });

if (isNewEnough) {
  // Guard and the processes that it starts load the same large modules at every run.
  module.enableCompileCache();
  const cache = module.getCompileCacheDir();
  if (cache !== undefined) process.env.NODE_COMPILE_CACHE ??= dirname(cache);
  const { main } = await import("./cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = process.env.GUARD_NODE === undefined ? installedNode() : undefined;
  if (node === undefined) {
    console.error(
      `error: guard needs Node 22.18 or later, and this is ${process.versions.node}. Install Node 24.`,
    );
    process.exitCode = 1;
  } else {
    process.exitCode = await runWith(node);
  }
}
