import { spawnSync } from "node:child_process";

/** What is scanned: everything, or what the commits after `base` up to `head` add. */
export interface Range {
  base?: string;
  head: string;
}

const largest = 512 * 1024 * 1024;

export class GitError extends Error {
  override name = "GitError";
}

const git = (root: string, parameters: readonly string[], input?: string): Buffer => {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", root, ...parameters], {
    maxBuffer: largest,
    ...(input !== undefined && { input }),
  });
  if (error !== undefined) throw new GitError(`git cannot be run: ${error.message}`);
  if (status === 0) return stdout;
  throw new GitError(
    `git ${parameters[0]} failed: ${stderr.toString().trim().slice(0, 500)}. Check out with fetch-depth: 0, so that the commits are there.`,
  );
};

const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text) && !/^0+$/.test(text);

/** A push to a new branch names no commit before it: then everything that leads to `head` is new. */
const revisions = ({ base, head }: Range): string[] =>
  base !== undefined && isCommit(base) ? [head, `^${base}`] : [head];

export interface Blob {
  path: string;
  id: string;
  bytes: Buffer;
}

/** Larger files are no source text; they are named, not read. */
const largestBlob = 5 * 1024 * 1024;

export interface Blobs {
  blobs: Iterable<Blob>;
  tooLarge: readonly string[];
}

/**
 * Every content that any file had in those commits, each once under the first of its paths: what was added and taken
 * out again is found too.
 *
 * @throws GitError
 */
export const blobsIn = (root: string, range: Range): Blobs => {
  const listed = git(root, ["rev-list", "--objects", ...revisions(range)]).toString();
  const paths = new Map<string, string>();
  for (const line of listed.split("\n")) {
    const [, id, path] = /^([0-9a-f]{40}) (.+)$/.exec(line) ?? [];
    if (id !== undefined && path !== undefined && !paths.has(id)) paths.set(id, path);
  }
  const ids = [...paths.keys()];
  const sizes = git(
    root,
    ["cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)"],
    ids.join("\n"),
  );
  const files: { id: string; path: string; size: number }[] = [];
  for (const line of sizes.toString().split("\n")) {
    const [id = "", type, size] = line.split(" ");
    if (type === "blob") files.push({ id, path: paths.get(id) ?? "", size: Number(size) });
  }
  const readable = files.filter(({ size }) => size <= largestBlob);
  return {
    blobs: read(root, readable),
    tooLarge: files.filter(({ size }) => size > largestBlob).map(({ path }) => path),
  };
};

/** Some hundred at a time: one process for each would take minutes, all at once too much memory. */
const batch = 200;

function* read(root: string, files: readonly { id: string; path: string; size: number }[]): Generator<Blob> {
  for (let start = 0; start < files.length; start += batch) {
    const part = files.slice(start, start + batch);
    const content = git(root, ["cat-file", "--batch"], part.map(({ id }) => id).join("\n"));
    let offset = 0;
    for (const { id, path, size } of part) {
      // A header line, the content, a line break.
      offset = content.indexOf(10, offset) + 1;
      yield { path, id, bytes: content.subarray(offset, offset + size) };
      offset += size + 1;
    }
  }
}

/** The lines that the range adds, as a diff without context; undefined where there is nothing to compare with. */
export const addedLines = (root: string, { base, head }: Range): string | undefined =>
  base !== undefined && isCommit(base)
    ? git(root, ["diff", "--unified=0", "--no-color", "--no-ext-diff", `${base}...${head}`]).toString()
    : undefined;
