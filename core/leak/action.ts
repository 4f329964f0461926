/** Why a live leak is held for a person. */
export type HoldReason =
  /** The client is on the list of those that no function may touch. */
  | "protectedClient"
  /** As many clients as may be contained within an hour have been. */
  | "hourlyCap"
  /** The commit is old: the alert comes from a scan of the history. */
  | "backfill"
  | "dryRun"
  /** The client belongs to the organisation, not to the stack. */
  | "unmanagedClient"
  /** It could not be found out whether the secret is live, and trying again will not tell. */
  | "unknownVerdict"
  /** It is live, and the platform did not let the leaked client be stopped: tried again with every sweep. */
  | "containmentFailed";

export type LeakAction =
  /** A new generation becomes current first, then the leaked one is stopped. */
  | { kind: "replaceAndContain"; credentialId: string }
  /** The leaked client is stopped at once: nobody needs it, or there is no replacing it. */
  | { kind: "contain" }
  /** Dead, foreign, or no pair at all: said and resolved, nothing is touched. */
  | { kind: "reportOnly" }
  /** A decoy: security is told, and nothing is done that would give it away. */
  | { kind: "alertOnly" }
  | { kind: "hold"; because: HoldReason }
  /** Not known yet: looked at again after that time. */
  | { kind: "lookAgain"; afterSeconds: number };
