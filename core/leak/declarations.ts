/** What the program deploys with the functions that answer leaks, as `leak.json`. Nothing in it is secret. */
export interface LeakDeclarations {
  /** GitHub organisation. */
  organization: string;
  /** Id of its webhook, whose failed deliveries are asked for again. */
  hookId?: number;
  /** The custom patterns. An alert is ours if its secret type is one's slug or its display name one's name. */
  patterns: readonly { id: string; name: string; slug?: string }[];
  /** Clients that the stack declares and does not rotate. */
  clients: readonly { id: string; clientId: string; secretArn?: string }[];
  decoys: readonly { id: string; clientId: string }[];
  /** Logical ids of clients and credentials that are never contained without a person. */
  protectedIds: readonly string[];
  /** Under which name each credential is found in the secret store, by logical id. */
  secretNames: Readonly<Record<string, string>>;
  settings: LeakSettings;
  slack: {
    /** Channel id or name: everything, for the security team. */
    securityChannel: string;
    /** For developers of whom no Slack user is known. */
    developerChannel: string;
    /** Slack user ids by GitHub login. */
    logins: Readonly<Record<string, string>>;
  };
  /** Shown in pages and messages. */
  runbookUrl?: string;
}

export interface LeakSettings {
  /** `dryRun`: everything is found out and reported, nothing is touched. Default `act`. */
  mode: "act" | "dryRun";
  /** Clients that may be contained within an hour. Default 20. */
  hourlyCap: number;
  /** A commit that was older than this when the alert came is history. Default 86,400. */
  backfillAgeSeconds: number;
  /** What becomes of live leaks in history. Default `hold`. */
  backfill: "hold" | "act";
  /** What becomes of live clients that are not of this stack. Default `hold`. */
  unmanagedClients: "hold" | "contain";
  /** How long a replacement may take before the leaked client is contained without one. Default 20. */
  replaceDeadlineSeconds: number;
}

export const defaultLeakSettings: Readonly<LeakSettings> = {
  mode: "act",
  hourlyCap: 20,
  backfillAgeSeconds: 86_400,
  backfill: "hold",
  unmanagedClients: "hold",
  replaceDeadlineSeconds: 20,
};
