import fs from "node:fs";
import promises from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";

/**
 * Lets the folders that tests make for themselves lie there until the run is over, so that `npm test` can search all
 * of them for secrets: `scripts/test.ts` gives the run a place of its own and removes it. What a test removes inside
 * its folder is removed.
 */
const isTemporary = (path: fs.PathLike): boolean => dirname(String(path)) === tmpdir();

const { rmSync } = fs;
const { rm } = promises;

fs.rmSync = (path, options) => {
  if (!isTemporary(path)) rmSync(path, options);
};
promises.rm = async (path, options) => {
  if (!isTemporary(path)) await rm(path, options);
};
