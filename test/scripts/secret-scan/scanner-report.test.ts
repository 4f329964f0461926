import { randomBytes } from "node:crypto";
import { fingerprint } from "../../../core/fingerprint.ts";
import { scannerFindings } from "../../../scripts/secret-scan/scanner-report.ts";

const raw = randomBytes(32).toString("base64url");

/** A line of `--json`: https://github.com/trufflesecurity/trufflehog, pkg/output/json.go */
const result = (change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    SourceMetadata: { Data: { Git: { commit: "c0ffee", file: "app/.env", line: 4 } } },
    DetectorType: 2,
    DetectorName: "AWS",
    Verified: false,
    Raw: raw,
    RawV2: "",
    Redacted: "",
    ExtraData: null,
    ...change,
  });

test("what is live is a finding, by place and fingerprint and without the secret", () => {
  const findings = scannerFindings(result({ Verified: true }));
  expect(findings).toEqual([
    { path: "app/.env", line: 4, commit: "c0ffee", rule: "AWS (live)", fingerprint: fingerprint(raw) },
  ]);
  expect(JSON.stringify(findings)).not.toContain(raw);
});

test("what could not be asked is a finding", () => {
  expect(scannerFindings(result({ VerificationError: "i/o timeout" }))).toMatchObject([
    { rule: "AWS (unknown)" },
  ]);
});

test("what the service denies is none", () => {
  expect(scannerFindings(result({}))).toEqual([]);
});

test("what our own detectors find counts, because nobody verifies it", () => {
  const ours = { DetectorName: "CustomRegex", ExtraData: { name: "Genesys Cloud OAuth Secret" } };
  expect(scannerFindings(result(ours))).toMatchObject([{ rule: "Genesys Cloud OAuth Secret" }]);
});

test("log lines between the results are skipped", () => {
  expect(scannerFindings(`starting\n{"level":"info"}\n${result({ Verified: true })}\n`)).toHaveLength(1);
});
