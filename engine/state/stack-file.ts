import { readFile, rm } from "node:fs/promises";
import type { Deployment } from "../model/deployment.ts";
import { isMissing, keepBackup, writeDurably } from "./durable-file.ts";

/** Writes the latest of many versions of one file. */
export interface CoalescingWriter {
  /**
   * Resolves once a version at least as new as this one is on the disk. While one version is being written, only
   * the newest of the waiting ones is kept: steps that finish together share a write.
   */
  write(deployment: Deployment): Promise<void>;
}

/** @param serialise called once for each version that is written, right before it is */
export const createWriter = (
  path: string,
  serialise: (deployment: Deployment) => Promise<string>,
): CoalescingWriter => {
  let waiting: { deployment: Deployment; written: Promise<void> } | undefined;
  let last: Promise<void> = Promise.resolve();

  const writeNext = async (former: Promise<void>): Promise<void> => {
    // A failed write is reported to those who asked for it; the next one starts afresh.
    await former.catch(() => undefined);
    const next = waiting;
    waiting = undefined;
    if (next === undefined) return;
    const text = await serialise(next.deployment);
    await keepBackup(path);
    await writeDurably(path, text);
    // The CLI's file store keeps a checksum beside each file that it has written; ours would belie it.
    await rm(`${path}.attrs`, { force: true });
  };

  return {
    write: (deployment) => {
      if (waiting !== undefined) {
        waiting.deployment = deployment;
        return waiting.written;
      }
      waiting = { deployment, written: Promise.resolve() };
      last = writeNext(last);
      waiting.written = last;
      return last;
    },
  };
};

/** `undefined` if there is no such file. */
export const readIfPresent = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
