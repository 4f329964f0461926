import type { AlertCase } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { type ChatMessage, chatMessage, lines } from "./chat-message.ts";
import { code, codeBlock, link, moment } from "./mrkdwn.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { quoted } from "./quote.ts";
import { releaseCommand } from "./release.ts";
import { clientInWords, type Subject, subjectOf } from "./subject.ts";
import { duration, holdInWords, ownershipInWords, verdictInWords } from "./words.ts";

export interface SecurityMessageOptions {
  /** Said again because nobody has settled it; milliseconds since 1970. */
  remindedAt?: number;
  /** GitHub refused to let us close the alert. */
  closeByHand?: boolean;
}

type Told = Exclude<Outcome, { kind: "undecided" }>;

const titles: Readonly<Record<Told["kind"], string>> = {
  decoy: "Decoy leaked",
  replaced: "Leaked secret replaced and dead",
  replacedInPlace: "Leaked secret reset and dead",
  contained: "Leaked secret dead",
  containedInUse: "PAGE: leaked secret dead, consumers refused",
  held: "PAGE: leaked secret held for a decision",
  dismissed: "Held leak dismissed",
  dead: "Leaked secret was dead already",
  foreign: "Alert about no secret of ours",
};

const containmentInWords = {
  disabled: "The client is disabled",
  secretReset: "Its secret has been reset, which cannot be undone",
  replacedInPlace: "Its secret has been reset, and the new one stored as current",
} as const;

const action = (found: AlertCase, outcome: Told, subject: Subject): string => {
  const { containment } = found;
  const how = containment === undefined ? "It has been stopped" : containmentInWords[containment];
  switch (outcome.kind) {
    case "replaced":
      return "A new generation was made current first, then the leaked one was stopped. Consumers recover at their next refused call.";
    case "replacedInPlace":
    case "contained":
      return `${how}.`;
    case "containedInUse":
      return `${how}, and no replacement was ready: its consumers are refused until there is one. ${
        found.ownership?.kind === "rotated"
          ? "The rotator has been told to make one now: see that it does."
          : "Give its owner a new secret."
      }`;
    case "held":
      return `Nothing has been touched. ${holdInWords[outcome.because].why} ${holdInWords[outcome.because].first}`;
    case "dismissed":
      return `${code(quoted(outcome.by, 80, found.fingerprint))} decided that nothing is done.`;
    case "dead":
      return "Nothing had to be stopped. The alert is resolved.";
    case "foreign":
      return "Nothing was touched. The alert is resolved as a false positive.";
    case "decoy":
      return `Nothing has been touched, and nobody else has been told: the alert stays open, so that ${subject.declaredId === undefined ? "the decoy" : code(subject.declaredId)} goes on looking real. Expect uses of it. Do not close the alert, do not comment on it, and do not tell the committer in public.`;
  }
};

const timing = ({ receivedAt, alertedAt, containedAt, liveTokensUntil, commit }: AlertCase): string =>
  lines(
    commit === undefined ? undefined : `*Committed* ${moment(commit.committedAt)}`,
    `*Alert* ${moment(alertedAt)}, received ${moment(receivedAt)}`,
    containedAt === undefined
      ? undefined
      : `*Dead* ${moment(containedAt)}: ${duration(containedAt - receivedAt)} after it was received`,
    liveTokensUntil === undefined
      ? undefined
      : `*Live tokens* issued before can work until ${moment(liveTokensUntil)}; the platform has no call that ends them`,
  );

/** Somebody reset the client by hand: whoever reads the store is refused, and a rotation mends it. */
const staleStore = ({ storeIsStale, containedAt }: AlertCase, { secretName }: Subject): string | undefined =>
  storeIsStale === true && containedAt === undefined
    ? `*The secret store is stale*: ${secretName === undefined ? "it" : code(secretName)} gives out a secret that the platform refuses, so whoever reads it has no access. Rotate the credential now.`
    : undefined;

const release = ({ alert }: AlertCase, outcome: Outcome, { repository }: Subject): string | undefined => {
  if (outcome.kind !== "held") return undefined;
  // A name of which something is hidden is not spelt out here either.
  const isShown = repository === alert.repository;
  const [contain, dismiss] = (["contain", "dismiss"] as const).map((decision) =>
    isShown ? releaseCommand(alert, decision) : undefined,
  );
  return contain === undefined || dismiss === undefined
    ? "The repository's name cannot be written into a command: send the release by hand, as the runbook says."
    : `*To stop it* (judged again first), or *to dismiss it*, send one of these:\n${codeBlock(contain)}\n${codeBlock(dismiss)}`;
};

/**
 * What the security channel is told of a case: everything but the secret. Undefined while there is nothing to tell.
 * A held case is a page, with the messages that settle it.
 */
export const securityMessage = (
  found: AlertCase,
  declarations: LeakDeclarations,
  { remindedAt, closeByHand = false }: SecurityMessageOptions = {},
): ChatMessage | undefined => {
  const outcome = outcomeOf(found);
  if (outcome.kind === "undecided") return undefined;
  const subject = subjectOf(found, declarations);
  const { path, commit, login } = subject;
  const again = remindedAt === undefined ? "" : "Still waiting: ";
  return chatMessage(`${again}${titles[outcome.kind]}`, [
    lines(
      `*Where* ${code(subject.alert)}${path === undefined ? "" : `, ${code(path)}`}${commit === undefined ? "" : `, commit ${code(commit)}`}`,
      login === undefined ? undefined : `*Who* ${code(login)} on GitHub`,
      `*What* ${clientInWords(subject)}: ${ownershipInWords(found.ownership)}`,
      `*Verdict* ${verdictInWords(found.verdict)}`,
    ),
    action(found, outcome, subject),
    staleStore(found, subject),
    lines(
      timing(found),
      remindedAt === undefined ? undefined : `*Waiting* for ${duration(remindedAt - found.receivedAt)}`,
    ),
    release(found, outcome, subject),
    closeByHand
      ? "GitHub did not let us close the alert (dismissals are delegated): close it by hand."
      : undefined,
    [
      link(subject.url, "Alert on GitHub"),
      ...(declarations.runbookUrl === undefined ? [] : [link(declarations.runbookUrl, "Runbook")]),
    ].join(" · "),
  ]);
};
