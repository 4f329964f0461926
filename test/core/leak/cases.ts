import type { AlertCase } from "../../../core/leak/alert-case.ts";
import { receivedCase } from "../../../core/leak/case-history.ts";

/** A case that has just been received, and whatever more is said of it. */
export const caseOf = (more: Partial<AlertCase> = {}, number = 7): AlertCase => ({
  ...receivedCase({ repository: "acme/app", number }, 100),
  ...more,
});
