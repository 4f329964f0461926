/**
 * Where a secret stands in a file, as GitHub's alert locations say it: lines from 1, columns in bytes from 1
 * (`start_line`, `end_line`, `start_column`, `end_column`).
 */
export interface Place {
  startLine: number;
  endLine: number;
  startColumn: number;
  endColumn: number;
}

/** How a client id came to be paired with the secret; in falling order of weight. */
export type Pairing = "basicCredentials" | "sameLine" | "nearby" | "sameFile" | "sameCommit";

/** A client to which the leaked secret may belong. */
export interface Candidate {
  clientId: string;
  pairing: Pairing;
  /** Bytes between the id and the secret; undefined across files. */
  distance?: number;
}

/** What was found around a leaked secret. */
export interface Extraction {
  /** The client secret itself: decoded, where the alert holds the base64 of a Basic header. */
  secret: string;
  /** Likeliest first; each client once. */
  candidates: readonly Candidate[];
  /** A file was too large or not text, or it held more ids than are looked at: absence proves nothing. */
  isPartial: boolean;
}
