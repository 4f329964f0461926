#!/usr/bin/env node
/**
 * Makes a fresh clone ready: installs what package-lock.json says, unless that is already installed. Runs on the
 * machine's own Node, so it uses nothing but what Node 18 has; everything after it runs on the Node that
 * package.json pins, where the platform has one.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const installed = join(root, "node_modules", ".package-lock.json");

/** What is installed is what the lock file says, but for what belongs to another platform. */
const upToDate = () => {
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(lock.packages).every(
    ([path, { version, integrity, optional, link }]) =>
      path === "" ||
      !path.startsWith("node_modules/") ||
      link ||
      (present[path] === undefined
        ? optional
        : present[path].version === version && present[path].integrity === integrity),
  );
};

if (!upToDate()) {
  console.log("Installing what package-lock.json names (once; about half a minute) ...");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error(
      "npm ci failed. Check that the package registry can be reached, and run the command again.",
    );
    process.exit(1);
  }
}

const pinned = join(root, "node_modules", ".bin", "node");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (!existsSync(pinned) && (major < 22 || (major === 22 && minor < 18))) {
  console.error(
    `Node ${process.versions.node} is too old, and the registry has no Node package for this platform. Install Node 22.18 or newer and run the command again.`,
  );
  process.exit(1);
}
