import { rm } from "node:fs/promises";
import type { Deployment } from "../model/deployment.ts";
import { keepBackup, writeDurably } from "./durable-file.ts";

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
  let waiting: Version | undefined;
  let last: Promise<void> = Promise.resolve();

  const writeAfter = async (former: Promise<void>, version: Version): Promise<void> => {
    // A failed write is reported to those who asked for it; the next one starts afresh.
    await former.catch(() => undefined);
    waiting = undefined;
    const text = await serialise(version.deployment);
    await keepBackup(path);
    await writeDurably(path, text);
    // The CLI's file store keeps a checksum beside each file that it has written; ours would belie it.
    await rm(`${path}.attrs`, { force: true });
  };

  return {
    write: (deployment) => {
      if (waiting === undefined) {
        waiting = { deployment };
        last = writeAfter(last, waiting);
      } else {
        waiting.deployment = deployment;
      }
      return last;
    },
  };
};

/** One write to come, and the newest state that it shall contain. */
interface Version {
  deployment: Deployment;
}
