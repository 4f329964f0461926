import type { HoldReason } from "../action.ts";
import type { Ownership, Verdict } from "../evidence.ts";

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** How long something took: `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 days`. */
export const duration = (milliseconds: number): string => {
  const whole = Math.max(0, milliseconds);
  if (whole < minutes) return `${(Math.floor(whole / 100) / 10).toFixed(1)} s`;
  if (whole < hours) return `${Math.floor(whole / minutes)} min ${Math.floor((whole % minutes) / seconds)} s`;
  if (whole < 2 * days) return `${Math.floor(whole / hours)} h ${Math.floor((whole % hours) / minutes)} min`;
  return `${Math.floor(whole / days)} days`;
};

const becauseLive: Readonly<Record<Extract<Verdict, { kind: "live" }>["because"], string>> = {
  loginGranted: "the platform gave a token for it",
  equalsVault: "the secret store holds the same secret for this client",
};

const becauseDead: Readonly<Record<Extract<Verdict, { kind: "dead" }>["because"], string>> = {
  loginRefused: "the platform refuses the secret",
  clientAbsent: "the organisation has no such client",
  clientStopped: "the client is disabled or inactive",
  noCandidate: "nothing in the commit or the secret store pairs with it",
};

const becauseUnknown: Readonly<Record<Extract<Verdict, { kind: "unknown" }>["because"], string>> = {
  deniedByAddress: "the platform refused, and the client's allowlist may exclude our own address",
  otherGrant: "the client is made for another grant, for which a secret cannot be tried",
  throttled: "the platform's rate limit did not let us try it",
  failed: "the platform did not answer",
  partial: "the file could not be read to its end, and no client was found in the rest",
  clientUnread: "the platform did not say whether the client exists",
};

/** The verdict in a sentence without its full stop. */
export const verdictInWords = (verdict: Verdict | undefined): string => {
  switch (verdict?.kind) {
    case undefined:
      return "not judged";
    case "live":
      return `live: ${becauseLive[verdict.because]}`;
    case "dead":
      return `dead: ${becauseDead[verdict.because]}`;
    case "unknown":
      return `unknown: ${becauseUnknown[verdict.because]}`;
  }
};

/** Whose client it is, without its name. */
export const ownershipInWords = (ownership: Ownership | undefined): string => {
  switch (ownership?.kind) {
    case undefined:
    case "foreign":
      return "no client of the organisation";
    case "rotated":
      return `${{ current: "the current", pending: "the next", superseded: "a superseded" }[ownership.generation]} generation of a rotated credential`;
    case "declared":
      return "a client that the stack declares and does not rotate";
    case "decoy":
      return "a decoy";
    case "unmanaged":
      return "a client of the organisation that this stack does not know";
  }
};

export interface HoldWords {
  /** Why it waits, as a sentence. */
  why: string;
  /** What a person does first, as a sentence. */
  first: string;
}

export const holdInWords: Readonly<Record<HoldReason, HoldWords>> = {
  protectedClient: {
    why: "The client is on the list of those that are never stopped without a person.",
    first: "Tell its owner, choose the moment, then release it.",
  },
  hourlyCap: {
    why: "As many clients as may be stopped within an hour have been.",
    first: "Look at what was stopped: if all of it is right, release this one too.",
  },
  backfill: {
    why: "The commit is old: the alert comes from a scan of the history.",
    first: "Find out who still uses the client, then release it.",
  },
  dryRun: {
    why: "The answer to leaks is switched to a dry run: it finds out, reports, and touches nothing.",
    first: "Rotate the credential by hand, or switch the answer on and release it.",
  },
  unmanagedClient: {
    why: "The client belongs to the organisation, and not to this stack: its users are not known here.",
    first: "Find its owner in the platform's administration, then release it.",
  },
  unknownVerdict: {
    why: "It could not be found out whether the secret is live, and trying again will not tell.",
    first:
      "Try the secret from an address that the client admits, or ask its owner; treat it as live until then.",
  },
  containmentFailed: {
    why: "It is live, and the platform did not let the client be stopped. It is tried again with every sweep.",
    first: "Stop it by hand in the platform's administration: it is the only thing that ends this.",
  },
};
