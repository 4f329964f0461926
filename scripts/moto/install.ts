/**
 * Installs moto, the emulator of AWS that the adapters are tested against, into node_modules/.cache, from
 * requirements.txt with every file's hash. Does nothing where that is done. `node scripts/moto/install.ts`
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

/** @throws Error that says what to install */
const pythonVersion = (): string => {
  const version = run("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 3 && minor >= 10) return version;
  throw new Error(`The adapters' tests need moto, and moto needs a newer Python than ${version}. ${remedy}`);
};

/** The Python that has moto. `root` is the repository's. */
export const installMoto = (root: string): string => {
  const requirements = join(root, "scripts", "moto", "requirements.txt");
  const version = pythonVersion();
  const content = createHash("sha256").update(version).update(readFileSync(requirements)).digest("hex");
  const cache = join(root, "node_modules", ".cache");
  const home = join(cache, `moto-${content.slice(0, 16)}`);
  const python = (folder: string): string => join(folder, "bin", "python3");
  if (existsSync(home)) return python(home);

  mkdirSync(cache, { recursive: true });
  // Complete or not there at all, also where two tests install at once.
  const scratch = mkdtempSync(join(cache, "moto-new-"));
  try {
    run("python3", ["-m", "venv", scratch]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    const pinned = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", requirements];
    run(python(scratch), [...pip, ...pinned]);
    if (!existsSync(home)) renameSync(scratch, home);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return python(home);
};

if (process.argv[1]?.endsWith(join("moto", "install.ts"))) {
  console.log(`moto is installed for ${installMoto(process.cwd())}`);
}
