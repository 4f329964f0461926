import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { EngineEvent } from "../model/events.ts";
import { enforcementLevels } from "./config.ts";

const severities = ["", "low", "medium", "high", "critical"];

/**
 * Reports what the packs have found.
 *
 * @param urnFor the resource to report for the URN in a finding, which may be empty
 * @returns whether any of it is mandatory
 */
export const reportViolations = (
  answers: AnalyzeResponse[],
  emit: (event: EngineEvent) => void,
  urnFor: (urn: string) => string,
): boolean => {
  let mandatory = false;
  for (const finding of answers.flatMap((answer) => answer.getDiagnosticsList())) {
    const level = enforcementLevels[finding.getEnforcementlevel()];
    if (level === "disabled") continue;
    // What remediates and is still violated, is mandatory.
    const enforcementLevel = level === "advisory" ? "advisory" : "mandatory";
    mandatory ||= enforcementLevel === "mandatory";
    const severity = severities[finding.getSeverity()];
    emit({
      type: "policy-violation",
      urn: urnFor(finding.getUrn()),
      policy: finding.getPolicyname(),
      pack: finding.getPolicypackname(),
      packVersion: finding.getPolicypackversion(),
      enforcementLevel,
      ...(severity && { severity }),
      message: finding.getMessage(),
    });
  }
  return mandatory;
};
