/** Names of what the functions measure that answer leaks: alarms are set on them. */
export const leakMetricNames = {
  /** Milliseconds from the webhook's receipt to the leaked client's end. */
  receiptToContainment: "LeakReceiptToContainment",
  /** Looks that could not tell whether a secret is live. */
  unknownVerdicts: "UnknownVerdicts",
  /** Cases that wait for a person. */
  heldCases: "HeldCases",
  /** What the sweep found that nobody had told us, or that was left half done. */
  sweeperFinds: "SweeperFinds",
  /** Parts of a sweep that could not be done. */
  sweepFailures: "SweepFailures",
  /** Follow-ups that failed and are tried again. */
  reportFailures: "ReportFailures",
  /** Requests that are no webhooks of ours. */
  webhooksRefused: "WebhooksRefused",
  /** Leaked clients that were stopped. */
  containments: "Containments",
} as const;
