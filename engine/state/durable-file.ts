import { randomUUID } from "node:crypto";
import { copyFile, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Only the owner may read state: it holds ciphertexts and the names of everything. */
const fileMode = 0o600;

/**
 * Replaces a file so that a crash at any moment leaves the old text or the new one: the text is on the disk before
 * the name points to it, and the name is on the disk before the promise resolves.
 */
export const writeDurably = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx", fileMode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
  await syncDirectory(dirname(path));
};

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Keeps the former text as `<path>.bak`, as the CLI does before each write. A file that is not there has none. */
export const keepBackup = async (path: string): Promise<void> => {
  try {
    await copyFile(path, `${path}.bak`);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

export const isMissing = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";

/** `undefined` if there is no such file. */
export const readIfPresent = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
