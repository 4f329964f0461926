/**
 * Installs what the tests need of Python into node_modules/.cache, each tool by itself, from a list of requirements
 * with every file's hash. Does nothing where that is done. `node scripts/python/install.ts [TOOL]`
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const remedy =
  "Install Python 3.10 or newer with its modules venv and pip (on Debian: apt-get install python3 python3-venv), and run the tests again.";

const run = (command: string, parameters: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    encoding: "utf8",
    env: process.env,
  });
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}. ${remedy}`);
  if (status === 0) return stdout.trim();
  throw new Error(
    `${command} ${parameters.join(" ")} failed: ${stderr.trim().slice(-2000)}. If it is the package registry, check that it can be reached. ${remedy}`,
  );
};

/**
 * - `moto`: the emulator of AWS that the adapters are tested against.
 * - `hyperscan`: the engine of GitHub's secret scanning, in which the patterns are compiled.
 * - `zizmor`: the linter of the workflows.
 */
export const pythonTools = ["moto", "hyperscan", "zizmor"] as const;
export type PythonTool = (typeof pythonTools)[number];

/** @throws Error that says what to install */
const pythonVersion = (): string => {
  const version = run("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 3 && minor >= 10) return version;
  throw new Error(`The tests need a newer Python than ${version}. ${remedy}`);
};

/** The `bin` folder with the tool, and with the `python3` that has its modules. `root` is the repository's. */
export const installPython = (root: string, tool: PythonTool): string => {
  const requirements = join(root, "scripts", "python", `${tool}.txt`);
  const version = pythonVersion();
  const content = createHash("sha256").update(version).update(readFileSync(requirements)).digest("hex");
  const cache = join(root, "node_modules", ".cache");
  const home = join(cache, `${tool}-${content.slice(0, 16)}`);
  const bin = join(home, "bin");
  if (existsSync(home)) return bin;

  mkdirSync(cache, { recursive: true });
  // Complete or not there at all, also where two tests install at once.
  const scratch = mkdtempSync(join(cache, `${tool}-new-`));
  try {
    run("python3", ["-m", "venv", scratch]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const pinned = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", requirements];
    run(join(scratch, "bin", "python3"), [...pip, ...pinned]);
    if (!existsSync(home)) renameSync(scratch, home);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return bin;
};

if (process.argv[1]?.endsWith(join("python", "install.ts"))) {
  const tools = pythonTools.filter((tool) => process.argv[2] === undefined || process.argv[2] === tool);
  for (const tool of tools) console.log(`${tool} is installed in ${installPython(process.cwd(), tool)}`);
}
