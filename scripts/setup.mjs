/**
 * Makes a fresh clone ready: installs what package-lock.json says, unless that is already installed. Runs on the
 * machine's own Node, so it uses nothing but what Node 18 has.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** What is installed is what the lock file says, but for what belongs to another platform. */
const isUpToDate = () => {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = readJson(installed).packages;
  return Object.entries(readJson(join(root, "package-lock.json")).packages).every(
    ([path, { version, integrity, optional, link }]) => {
      if (!path.startsWith("node_modules/") || link) return true;
      const found = present[path];
      return found === undefined ? optional : found.version === version && found.integrity === integrity;
    },
  );
};

const install = () => {
  console.log("Installing what package-lock.json names (once; about half a minute) ...");
  const npm = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier"],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" },
  );
  if (npm.status === 0) return;
  console.error("npm ci failed. Check that the package registry can be reached, and run the command again.");
  process.exit(1);
};

/** Ends the process with a message if the machine cannot be made ready. */
export const setUp = () => {
  if (!isUpToDate()) install();
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 18);
  if (isNewEnough || existsSync(join(root, "node_modules", ".bin", "node"))) return;
  console.error(
    `Node ${process.versions.node} is too old, and the registry has no Node package for this platform. Install Node 22.18 or newer and run the command again.`,
  );
  process.exit(1);
};
