/** What a login with the leaked id and secret came to. The token, if any, is thrown away. */
export type LoginOutcome =
  | { kind: "granted" }
  /** 400 `invalid_client`: wrong secret, wrong or disabled client, or (nobody has said) an address that is denied. */
  | { kind: "refused" }
  /** 400 `unauthorized_client`: a client of another grant. Whether the secret was looked at is not known. */
  | { kind: "otherGrant" }
  /** Rate limits, and every retry used up. */
  | { kind: "throttled" }
  /** Timeouts, 5xx, answers that nobody has described. */
  | { kind: "failed"; reason: string }
  /** Not tried. */
  | { kind: "untried" };

/** The leaked secret against what the secret store holds for that client. */
export type VaultAnswer =
  | { kind: "equal"; stage: "AWSCURRENT" | "AWSPENDING" | "AWSPREVIOUS" }
  /** The store has this client's secret, and it is another one. */
  | { kind: "different" }
  /** The store does not have this client's secret, or could not be read. */
  | { kind: "silent" };

/** What the platform says of the client. */
export type ClientAnswer =
  | { kind: "found"; state: "active" | "disabled" | "inactive" | "unknown"; grantType: string }
  /** 404 by id: not of this organisation, or deleted. */
  | { kind: "absent" }
  | { kind: "unread"; reason: string };

export interface Evidence {
  client: ClientAnswer;
  login: LoginOutcome;
  vault: VaultAnswer;
  /** The client has an allowlist that the platform enforces, and our own address may not be in it. */
  mayBeDeniedByAddress: boolean;
}

/** Whether the secret opens the client now. Only `live` may lead to a kill. */
export type Verdict =
  | { kind: "live"; because: "loginGranted" | "equalsVault" }
  | {
      kind: "dead";
      because: "loginRefused" | "clientAbsent" | "clientStopped" | "noCandidate";
    }
  | {
      kind: "unknown";
      because: "deniedByAddress" | "otherGrant" | "throttled" | "failed" | "partial" | "clientUnread";
      /** Whether a later look may say more. */
      retry: boolean;
    };

/** Whose client it is. */
export type Ownership =
  /** A generation of a credential that the stack rotates. */
  | { kind: "rotated"; credentialId: string; generation: "current" | "pending" | "superseded" }
  /** Declared by the stack, not rotated; with a secret of the store behind it, or without. */
  | { kind: "declared"; id: string; secretArn?: string }
  | { kind: "decoy"; id: string }
  /** Of the organisation, but not declared by this stack. `owner`: who made it, if its marker says so. */
  | { kind: "unmanaged"; owner?: string }
  /** Not of the organisation. */
  | { kind: "foreign" };
