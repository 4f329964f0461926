import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { GuardError } from "../model/errors.ts";
import { isMissing } from "./durable-file.ts";

/** What a lock file says about its owner. */
interface Owner {
  pid: number;
  username: string;
  hostname: string;
  /** ISO 8601. */
  timestamp: string;
}

/**
 * Takes the lock of a stack: a file of our own in the stack's lock folder, in which there must be no other. A lock
 * is never taken over, not even from a process that has died: as with the CLI, a person decides.
 * https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/lock.go
 *
 * @returns what releases it
 * @throws GuardError `stack-locked`
 */
export const acquireLock = async (directory: string, now: Date): Promise<() => Promise<void>> => {
  const name = `${randomUUID()}.json`;
  const path = join(directory, name);
  const release = () => rm(path, { force: true });
  await refuseOthers(directory, name);
  await mkdir(directory, { recursive: true });
  await writeFile(path, JSON.stringify(describeSelf(now)), { mode: 0o600 });
  // Once more: another process may have done the same in between, and then neither goes on.
  try {
    await refuseOthers(directory, name);
  } catch (error) {
    await release();
    throw error;
  }
  return release;
};

const describeSelf = (now: Date): Owner => ({
  pid: process.pid,
  username: userInfo().username,
  hostname: hostname(),
  timestamp: now.toISOString(),
});

const refuseOthers = async (directory: string, own: string): Promise<void> => {
  const names = (await list(directory)).filter((name) => name.endsWith(".json") && name !== own);
  if (names.length === 0) return;
  const owners = await Promise.all(names.map((name) => describeOwner(join(directory, name))));
  throw new GuardError(
    "stack-locked",
    [
      "The stack is locked. Wait for the other process to end; if it has died, delete its lock file (or run " +
        "`pulumi cancel`):",
      ...owners,
    ].join("\n  "),
  );
};

const list = async (directory: string): Promise<string[]> => {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

const describeOwner = async (path: string): Promise<string> => {
  try {
    const {
      pid,
      username,
      hostname: host,
      timestamp,
    } = JSON.parse(await readFile(path, "utf8")) as Partial<Owner>;
    return `${path}: created by ${username}@${host} (pid ${pid}) at ${timestamp}`;
  } catch {
    return `${path}: created by a process that has not described itself`;
  }
};
