import type { AlertCase } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { type ChatMessage, chatMessage, lines } from "./chat-message.ts";
import { channel, code, link, moment } from "./mrkdwn.ts";
import { outcomeOf } from "./outcome.ts";
import { clientInWords, type Subject, subjectOf } from "./subject.ts";

/** To the committer alone, or, where nobody knows their Slack user, to the developers' channel. */
export type Audience = "committer" | "channel";

interface Advice {
  title: string;
  done: string;
  /** What the developer does now, in order. */
  now: readonly string[];
}

const readFromStore = ({ secretName }: Subject): string =>
  secretName === undefined
    ? "Ask the security team where the new secret is kept, and read it from there at run time."
    : `Read the new secret from the secret store at run time, under the name ${code(secretName)}: never copy it into code.`;

const keepOut = "Take the secret out of the code in a new commit. Nothing that you write must hold it.";

const useKit =
  "If your service read the secret from the store already, you have nothing to do for it: the client kit picks the new one up by itself.";

const adviceOn = (found: AlertCase, subject: Subject): Advice | undefined => {
  const client = clientInWords(subject);
  const outcome = outcomeOf(found);
  switch (outcome.kind) {
    case "replaced":
    case "replacedInPlace":
      return {
        title: "The Genesys Cloud secret in your commit has been replaced",
        done: `The secret of ${client} was live. It has been replaced, and the leaked one no longer opens anything. Production runs on the new one.`,
        now: [keepOut, readFromStore(subject), useKit],
      };
    case "contained":
      return {
        title: "The Genesys Cloud secret in your commit has been revoked",
        done: `The secret of ${client} was live. It has been revoked for good, and no longer opens anything.`,
        now: [keepOut, readFromStore(subject)],
      };
    case "containedInUse":
      return {
        title: "The Genesys Cloud secret in your commit has been revoked",
        done: `The secret of ${client} was live and in use. It has been revoked for good: whatever still used it is refused until it has a new one.`,
        now: [
          "If a service of yours has stopped working because of it, say so to the security team at once.",
          keepOut,
          readFromStore(subject),
        ],
      };
    case "dead":
      return {
        title: "You committed a Genesys Cloud secret, which is dead",
        done: `The secret of ${client} opened nothing when it was found. Nothing had to be revoked.`,
        now: [keepOut, readFromStore(subject)],
      };
    case "held": {
      // A trial and a scan of old commits are no business of whoever wrote the line, perhaps years ago.
      if (outcome.because === "dryRun" || outcome.because === "backfill") return undefined;
      return {
        title: "You committed what looks like a Genesys Cloud secret",
        done: `The secret${subject.clientId === undefined ? "" : ` of ${client}`} has not been revoked yet: the security team decides about it.`,
        now: [
          "Treat it as stolen: do not use it for anything new, and be ready for it to stop working.",
          "Tell the security team what uses it. That is what they need to know.",
          keepOut,
        ],
      };
    }
    case "dismissed":
    case "foreign":
    case "decoy":
    case "undecided":
      return undefined;
  }
};

const where = ({ path, commit, repository, url }: Subject): string => {
  const parts = [
    path === undefined ? undefined : `file ${code(path)}`,
    commit === undefined ? undefined : `commit ${code(commit)}`,
    `repository ${code(repository)}`,
  ].filter((part) => part !== undefined);
  return `It was found in ${parts.join(", ")} (${link(url, "GitHub's alert")}).`;
};

/**
 * What the developer is told: what happened, what was done, what they do now. Undefined where there is nothing for
 * them to do or to know: decoys, strings that are no secret of ours, dry runs, scans of old commits.
 */
export const developerMessage = (
  found: AlertCase,
  declarations: LeakDeclarations,
  audience: Audience = "committer",
): ChatMessage | undefined => {
  const subject = subjectOf(found, declarations);
  const advice = adviceOn(found, subject);
  if (advice === undefined) return undefined;
  const { liveTokensUntil } = found;
  const greeting =
    audience === "committer"
      ? undefined
      : `To ${subject.login === undefined ? "whoever made this commit" : `${code(subject.login)} on GitHub`}, whom I cannot find in Slack:`;
  return chatMessage(advice.title, [
    greeting,
    lines(
      `${advice.done} ${where(subject)}`,
      liveTokensUntil === undefined
        ? undefined
        : `Tokens that were issued with it before can work until ${moment(liveTokensUntil)}.`,
    ),
    lines("*What you do now*", ...advice.now.map((each, index) => `${index + 1}. ${each}`)),
    "Rewriting the history or deleting the branch does not help: whoever has fetched it has the secret, and so have forks, caches and this alert. Do not close the alert either: it is closed for you.",
    lines(
      `Questions go to ${channel(declarations.slack.securityChannel)}. You are not in trouble: pushes like this happen, and are why this exists.`,
      declarations.runbookUrl === undefined
        ? undefined
        : link(declarations.runbookUrl, "Why, and how to keep secrets out of code"),
    ),
  ]);
};
