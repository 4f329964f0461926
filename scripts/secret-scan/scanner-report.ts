import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

/** The fields of a line of TruffleHog's `--json` output that count here. */
interface ScannerResult {
  DetectorName?: string;
  Verified?: boolean;
  VerificationError?: string;
  Raw?: string;
  ExtraData?: { name?: string } | null;
  SourceMetadata?: { Data?: { Git?: { commit?: string; file?: string; line?: number } } };
}

const isResult = (value: unknown): value is ScannerResult & { DetectorName: string } =>
  typeof value === "object" && value !== null && "DetectorName" in value;

/**
 * Findings of a run of TruffleHog. Of its own detectors count what is live, and what could not be asked: the rest is
 * noise. Of our detectors everything counts, because no service verifies them.
 *
 * @param lines its output; log lines between the results are skipped
 */
export const scannerFindings = (lines: string): Finding[] =>
  lines.split("\n").flatMap((line) => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return [];
    }
    if (!isResult(value)) return [];
    const {
      DetectorName: detector,
      Verified,
      VerificationError,
      Raw = "",
      ExtraData,
      SourceMetadata,
    } = value;
    const isOurs = detector === "CustomRegex";
    const isUnknown = VerificationError !== undefined && VerificationError !== "";
    if (!isOurs && Verified !== true && !isUnknown) return [];
    const { commit, file = "", line: number = 1 } = SourceMetadata?.Data?.Git ?? {};
    const finding: Finding = {
      path: file,
      line: number,
      rule: isOurs
        ? (ExtraData?.name ?? detector)
        : `${detector} (${Verified === true ? "live" : "unknown"})`,
      fingerprint: createHash("sha256").update(Raw).digest("hex"),
      ...(commit !== undefined && { commit }),
    };
    return [finding];
  });
