/** Files of a guarded repository with which scanning can be switched off or told to overlook something. */
export const guardedFiles = {
  /** GitHub's own: paths that it does not scan. */
  scanning: ".github/secret_scanning.yml",
  /** Ours: findings of the scan in CI that are no leak, each with owner, reason and expiry. */
  allowlist: ".github/secret-scan-allowlist.json",
  /** What has the scan run. */
  workflow: ".github/workflows/credential-guard.yml",
} as const;

/** The workflow of a guarded repository. `scanWorkflow`: OWNER/NAME/.github/workflows/FILE@COMMIT. */
export const workflowText = (
  scanWorkflow: string,
): string => `# Written by the credential guard's stack, which undoes what is changed here.
name: Credential guard

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  scan:
    uses: ${scanWorkflow}
`;
