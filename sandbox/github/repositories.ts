/**
 * Repositories: a line of commits, and every blob there ever was.
 *
 * - verified (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects): the id of a blob is the SHA-1 of
 *   `blob SIZE`, a zero byte and the bytes; what no branch shows any more is still there by its id.
 * - by design: one branch without merges, no trees, no deletions of files; the id of a commit is the SHA-1 of what is
 *   said of it.
 */
import { createHash } from "node:crypto";

export interface Author {
  name: string;
  /** May be `ID+LOGIN@users.noreply.github.com`. */
  email: string;
  /** The account that the e-mail address belongs to; undefined where GitHub knows none. */
  login?: string | undefined;
}

export interface ChangedFile {
  path: string;
  blobSha: string;
  status: "added" | "modified";
}

export interface Commit {
  sha: string;
  parent: string | undefined;
  message: string;
  author: Author;
  /** Milliseconds since 1970. */
  authoredAt: number;
  committedAt: number;
  files: readonly ChangedFile[];
}

export interface NewCommit extends Pick<Commit, "message" | "author" | "authoredAt" | "committedAt"> {
  files: Readonly<Record<string, Uint8Array>>;
}

const sha1 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

export class Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  isPrivate = true;
  readonly createdAt: number;
  pushedAt: number;
  /** Who may resolve its alerts, where that is delegated. */
  reviewers: readonly string[] | undefined;
  lastAlertNumber = 0;
  readonly commits: Commit[] = [];
  readonly #bySha = new Map<string, Commit>();
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #head = new Map<string, string>();

  constructor(id: number, fullName: string, now: number) {
    const [owner = "", name = ""] = fullName.split("/");
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.fullName = fullName;
    this.createdAt = now;
    this.pushedAt = now;
  }

  commit(sha: string): Commit | undefined {
    return this.#bySha.get(sha);
  }

  blob(sha: string): Uint8Array | undefined {
    return this.#blobs.get(sha);
  }

  /** A file as the branch shows it now. */
  file(path: string): Uint8Array | undefined {
    return this.#blobs.get(this.#head.get(path) ?? "");
  }

  add({ files, ...said }: NewCommit): Commit {
    const changed = Object.entries(files).flatMap(([path, bytes]): ChangedFile[] => {
      const blobSha = sha1(`blob ${bytes.byteLength}\0`, bytes);
      const before = this.#head.get(path);
      if (before === blobSha) return [];
      this.#blobs.set(blobSha, bytes);
      this.#head.set(path, blobSha);
      return [{ path, blobSha, status: before === undefined ? "added" : "modified" }];
    });
    const parent = this.commits.at(-1)?.sha;
    const sha = sha1(JSON.stringify([this.fullName, parent, said, changed]));
    const commit: Commit = { ...said, sha, parent, files: changed };
    this.commits.push(commit);
    this.#bySha.set(sha, commit);
    return commit;
  }
}

/** By name, in whatever case. */
export class Repositories {
  readonly #byName = new Map<string, Repository>();
  #lastId = 0;

  add(fullName: string, now: number): Repository {
    this.#lastId += 1;
    const repository = new Repository(this.#lastId, fullName, now);
    this.#byName.set(fullName.toLowerCase(), repository);
    return repository;
  }

  find(fullName: string): Repository | undefined {
    return this.#byName.get(fullName.toLowerCase());
  }

  delete(fullName: string): void {
    this.#byName.delete(fullName.toLowerCase());
  }

  all(): Repository[] {
    return [...this.#byName.values()];
  }
}
