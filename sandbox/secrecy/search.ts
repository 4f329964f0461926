import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Everything that a simulator hands out as a secret consists of these characters, and is at least this long. */
const runs = /[A-Za-z0-9_-]{32,}/g;

/** `readdir` with `recursive` follows links, here into node_modules: what lies behind a link was not written here. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });

/**
 * Searches every file below `folders` for the secrets that `issuedFile` names, one a line.
 *
 * @returns how many secrets and files there were, and the files that hold a secret in clear
 */
export const searchForSecrets = (
  issuedFile: string,
  folders: readonly string[],
): { secrets: number; files: number; leaks: string[] } => {
  const issued = existsSync(issuedFile) ? readFileSync(issuedFile, "utf8").split("\n").filter(Boolean) : [];
  const secrets = new Set(issued);
  const lengths = [...new Set(issued.map(({ length }) => length))];
  // Looking up every stretch of a secret's length is quicker than searching each file for each secret.
  const holdsSecret = (run: string): boolean =>
    lengths.some((length) => {
      for (let start = 0; start + length <= run.length; start += 1)
        if (secrets.has(run.slice(start, start + length))) return true;
      return false;
    });
  const files = folders.flatMap(filesBelow);
  const leaks = files.filter((file) => (readFileSync(file, "latin1").match(runs) ?? []).some(holdsSecret));
  return { secrets: secrets.size, files: files.length, leaks };
};
