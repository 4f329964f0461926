import fs from "node:fs";
import promises from "node:fs/promises";
import { tmpdir } from "node:os";
import { sep } from "node:path";

/**
 * Lets what tests write into the folder for temporary files lie there until the run is over, so that `npm test` can
 * search all of it for secrets: `scripts/test.ts` gives the run a folder of its own and removes it.
 */
const isTemporary = (path: fs.PathLike): boolean => String(path).startsWith(tmpdir() + sep);

const { rmSync } = fs;
const { rm } = promises;

fs.rmSync = (path, options) => {
  if (!isTemporary(path)) rmSync(path, options);
};
promises.rm = async (path, options) => {
  if (!isTemporary(path)) await rm(path, options);
};
