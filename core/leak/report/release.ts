import type { AlertId } from "../alert-case.ts";

/** The message on the leak queue with which a person settles a held case. */
export const releaseBody = (
  { repository, number }: AlertId,
  decision: "contain" | "dismiss",
  by: string,
): string => JSON.stringify({ repository, number, release: { decision, by } });

/** What GitHub allows in names, so nothing that a shell would take for more than text. */
const plainRepository = /^[\w.-]+\/[\w.-]+$/;

/**
 * The command that sends it, to be copied; undefined for a repository whose name must not stand in a shell's line.
 * Group and deduplication id must be new, or the queue takes it for a message that it has.
 */
export const releaseCommand = (alert: AlertId, decision: "contain" | "dismiss"): string | undefined =>
  plainRepository.test(alert.repository)
    ? [
        'aws sqs send-message --queue-url "$(pulumi stack output leakQueueUrl)"',
        '--message-group-id release --message-deduplication-id "$(uuidgen)"',
        `--message-body '${releaseBody(alert, decision, "YOUR E-MAIL")}'`,
      ].join(" \\\n  ")
    : undefined;
