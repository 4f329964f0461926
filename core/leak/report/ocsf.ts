/**
 * A case as events of the Open Cybersecurity Schema Framework, version 1.6.0: a Detection Finding for what is known,
 * and an Account Change for a containment.
 * https://schema.ocsf.io/1.6.0/classes/detection_finding
 * https://schema.ocsf.io/1.6.0/classes/account_change
 */
import type { AlertCase } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { accountChange } from "./ocsf-account-change.ts";
import type { OcsfEvent } from "./ocsf-event.ts";
import { detectionFinding } from "./ocsf-finding.ts";
import { outcomeOf } from "./outcome.ts";

/** In the order in which they are to be handed over; empty while there is nothing to tell. */
export const ocsfEvents = (found: AlertCase, declarations: LeakDeclarations): OcsfEvent[] => {
  const outcome = outcomeOf(found);
  if (outcome.kind === "undecided") return [];
  const finding = detectionFinding(found, declarations, outcome);
  const change = accountChange(found, declarations);
  return change === undefined ? [finding] : [finding, change];
};
