import type { AlertCase } from "../alert-case.ts";
import { outcomeOf } from "./outcome.ts";
import { duration } from "./words.ts";

/** How the alert on GitHub is closed. Whoever may read the repository's alerts reads the comment. */
export interface AlertResolution {
  resolution: "revoked" | "false_positive" | "wont_fix";
  /** At most 280 characters, as GitHub's page takes. */
  comment: string;
}

const revoked = (comment: string): AlertResolution => ({ resolution: "revoked", comment });

/** Undefined for what stays open: decoys, held cases, and what is not decided or not done yet. */
export const alertResolution = (found: AlertCase): AlertResolution | undefined => {
  const { containedAt, receivedAt } = found;
  const after =
    containedAt === undefined ? "" : ` ${duration(containedAt - receivedAt)} after the alert was received`;
  switch (outcomeOf(found).kind) {
    case "replaced":
      return revoked(
        `The secret was live. A new credential was put in its place, and the leaked one revoked${after}.`,
      );
    case "replacedInPlace":
      return revoked(`The secret was live. It was reset${after}; the secret store has the new one.`);
    case "contained":
    case "containedInUse":
      return revoked(`The secret was live. It was revoked${after}.`);
    case "dead":
      return revoked("The secret was tried when it was found, and opens nothing.");
    case "foreign":
      return { resolution: "false_positive", comment: "No secret of a client of this organisation." };
    case "dismissed":
      return { resolution: "wont_fix", comment: "The security team has decided that nothing is done." };
    case "decoy":
    case "held":
    case "undecided":
      return undefined;
  }
};

/** Our own verdict for GitHub's alert; undefined where there is none, or it would give a decoy away. */
export const alertValidity = (found: AlertCase): "active" | "inactive" | undefined => {
  switch (outcomeOf(found).kind) {
    case "replaced":
    case "replacedInPlace":
    case "contained":
    case "containedInUse":
    case "dead":
      return "inactive";
    case "held":
    case "dismissed":
      return found.verdict?.kind === "live" ? "active" : undefined;
    case "foreign":
    case "decoy":
    case "undecided":
      return undefined;
  }
};
