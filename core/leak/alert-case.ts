import type { LeakAction } from "./action.ts";
import type { Ownership, Verdict } from "./evidence.ts";

/** Which alert: `repository` is `owner/name`. */
export interface AlertId {
  repository: string;
  number: number;
}

/** What happens after the decision, each on its own: one that fails never holds up or undoes another. */
export type FollowUp = "siem" | "resolve" | "notify";

export interface FollowUpState {
  doneAt?: number;
  failures: number;
  lastError?: string;
  /** Who has been told already, where not everybody could be. */
  told?: readonly string[];
}

/**
 * What is known of one alert, as the ledger keeps it under `alertKey`: every alert that reached us has one. It holds
 * no secret. Times are milliseconds since 1970.
 */
export interface AlertCase {
  alert: AlertId & { url: string; patternId?: string };
  /** When GitHub made the alert, and when we first heard of it. */
  alertedAt: number;
  receivedAt: number;
  /** SHA-256 of the secret: tells whether two alerts are the same leak. */
  fingerprint?: string;
  clientId?: string;
  ownership?: Ownership;
  verdict?: Verdict;
  action?: LeakAction;
  /** When it was last looked at. */
  lookedAt?: number;
  /** When it is to be looked at again, while the action is `lookAgain`. */
  lookAgainAt?: number;
  /** The secret store says that the leaked secret is in use, and the platform refuses it: somebody reset it by hand. */
  storeIsStale?: boolean;
  /** A new generation is current. */
  replacedAt?: number;
  /** The leaked client takes no more logins with the leaked secret. */
  containedAt?: number;
  containment?: "disabled" | "secretReset" | "replacedInPlace";
  /** Tokens that were issued before may work until then. */
  liveTokensUntil?: number;
  /** Where it was found. */
  path?: string;
  commit?: { sha: string; committedAt: number; login?: string; email?: string };
  /** A person's word on a held case. */
  release?: { decision: "contain" | "dismiss"; by: string; at: number };
  /** When a person was last reminded of a held case. */
  remindedAt?: number;
  /** How often it has been looked at without an answer. */
  looks: number;
  followUps: Readonly<Partial<Record<FollowUp, FollowUpState>>>;
  /** Nothing is left to do. */
  closedAt?: number;
}

/** The ledger's key of an alert. */
export const alertKey = ({ repository, number }: AlertId): string => `alert#${repository}#${number}`;

/** The ledger's key of one leak: one secret of one client, however many alerts it raises. */
export const leakKey = (clientId: string, fingerprint: string): string => `leak#${clientId}#${fingerprint}`;
