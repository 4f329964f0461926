import type { CommitLocation } from "./alerts.ts";
import type { PatternContent, StoredPattern } from "./pattern-world.ts";
import { apiUrl, siteUrl } from "./places.ts";
import type { ChangedFile, Commit, Repository } from "./repositories.ts";
import { compile, type Match, placeOf } from "./scanner.ts";
import type { Switches } from "./switches.ts";

type Find = (text: string) => Match[];

/** A secret in a file of a commit. */
export interface Finding {
  pattern: StoredPattern;
  secret: string;
  place: ReturnType<typeof placeOf>;
}

/** Looks into bytes with custom patterns. */
export class SecretScanning {
  readonly #compiled = new Map<string, Find>();
  readonly #switches: Switches;

  constructor(switches: Switches) {
    this.#switches = switches;
  }

  /** @throws UntranslatableError for a pattern that the sandbox cannot match as Hyperscan would */
  findings(bytes: Uint8Array, patterns: readonly StoredPattern[]): Finding[] {
    if (patterns.length === 0) return [];
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    return patterns.flatMap((pattern) =>
      this.#finder(pattern)(text).map((match) => ({
        pattern,
        secret: match.secret,
        place: placeOf(text, match, this.#switches.endColumnIsExclusive),
      })),
    );
  }

  #finder({ pattern, startDelimiter, endDelimiter, mustMatch, mustNotMatch }: PatternContent): Find {
    const content = { pattern, startDelimiter, endDelimiter, mustMatch, mustNotMatch };
    const key = JSON.stringify(content);
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const find = compile(content);
    this.#compiled.set(key, find);
    return find;
  }
}

export const locationIn = (
  { fullName }: Repository,
  { sha }: Commit,
  { path, blobSha }: ChangedFile,
  { place }: Finding,
): CommitLocation => ({
  path,
  ...place,
  blob_sha: blobSha,
  blob_url: `${apiUrl}/repos/${fullName}/git/blobs/${blobSha}`,
  commit_sha: sha,
  commit_url: `${apiUrl}/repos/${fullName}/git/commits/${sha}`,
  html_url: `${siteUrl}/${fullName}/blob/${sha}/${path}#L${place.start_line}-L${place.end_line}`,
});
