import { CannotPostError, MissingPermissionError, NotFoundError } from "../../apis/slack/errors.ts";
import type { AlertCase } from "../../core/leak/alert-case.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import { developerMessage } from "../../core/leak/report/developer.ts";
import { securityMessage } from "../../core/leak/report/security.ts";
import type { RevokerPorts } from "../ports.ts";
import { messageOf } from "./errors.ts";
import { closeByHandNote } from "./resolve.ts";

type NotifyPorts = Pick<RevokerPorts, "slack" | "log">;

/** Not everybody could be told: the next attempt leaves out who has been. */
export class PartlyTold extends Error {
  readonly told: readonly string[];

  constructor(told: readonly string[], cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = "PartlyTold";
    this.told = told;
  }
}

/** An address that GitHub gives to those who hide theirs. */
const isHidden = (email: string): boolean => /(?:^|[@.])(?:users\.)?noreply\./i.test(email);

/** The committer in Slack, by the declared map or by the address of the commit. */
const committerOf = async (
  { slack, log }: NotifyPorts,
  { slack: { logins } }: LeakDeclarations,
  { commit }: AlertCase,
): Promise<string | undefined> => {
  const { login, email } = commit ?? {};
  const mapped = login !== undefined && Object.hasOwn(logins, login) ? logins[login] : undefined;
  if (mapped !== undefined || email === undefined || isHidden(email)) return mapped;
  try {
    return await slack.userByEmail(email);
  } catch (error) {
    // Without the right to look addresses up, the channel is told.
    if (!(error instanceof MissingPermissionError)) throw error;
    log.warn("Slack users cannot be looked up by e-mail", { error: messageOf(error) });
    return undefined;
  }
};

const tellDeveloper = async (ports: NotifyPorts, leak: LeakDeclarations, of: AlertCase): Promise<void> => {
  const { slack, log } = ports;
  const direct = developerMessage(of, leak, "committer");
  if (direct === undefined) return;
  const committer = await committerOf(ports, leak, of);
  try {
    if (committer !== undefined) {
      await slack.post(committer, direct);
      return;
    }
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof CannotPostError)) throw error;
    log.warn("The committer cannot be told in Slack", { user: committer, error: messageOf(error) });
  }
  await slack.post(leak.slack.developerChannel, developerMessage(of, leak, "channel") ?? direct);
};

const tellSecurity = async ({ slack }: NotifyPorts, leak: LeakDeclarations, of: AlertCase): Promise<void> => {
  const closeByHand = of.followUps.resolve?.lastError === closeByHandNote;
  const message = securityMessage(of, leak, { closeByHand });
  if (message !== undefined) await slack.post(leak.slack.securityChannel, message);
};

const audiences = { security: tellSecurity, developer: tellDeveloper } as const;

/** Tells security and the developer, each of them once. @throws PartlyTold */
export const notify = async (ports: NotifyPorts, leak: LeakDeclarations, of: AlertCase): Promise<void> => {
  const told = [...(of.followUps.notify?.told ?? [])];
  let failure: { error: unknown } | undefined;
  for (const [audience, tell] of Object.entries(audiences)) {
    if (told.includes(audience)) continue;
    try {
      await tell(ports, leak, of);
      told.push(audience);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== undefined) throw new PartlyTold(told, failure.error);
};

/** A held case comes to mind again. */
export const remind = async (
  { slack }: NotifyPorts,
  leak: LeakDeclarations,
  of: AlertCase,
  remindedAt: number,
): Promise<void> => {
  const message = securityMessage(of, leak, { remindedAt });
  if (message !== undefined) await slack.post(leak.slack.securityChannel, message);
};
