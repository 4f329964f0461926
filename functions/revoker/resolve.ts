import { ForbiddenError, InvalidRequestError, NotFoundError } from "../../apis/github/errors.ts";
import type { GithubLeakApi } from "../../apis/github/leak-api.ts";
import type { AlertCase } from "../../core/leak/alert-case.ts";
import { alertResolution, alertValidity } from "../../core/leak/report/resolution.ts";
import type { RevokerPorts } from "../ports.ts";
import { messageOf } from "./errors.ts";

/** What GitHub did not let us do, and no attempt more will change. */
const isFinal = (error: unknown): boolean =>
  error instanceof ForbiddenError || error instanceof InvalidRequestError || error instanceof NotFoundError;

/** The note of an alert that a person has to close. */
export const closeByHandNote = "GitHub does not let us close the alert: close it by hand.";

const setValidity = async (
  api: GithubLeakApi,
  log: RevokerPorts["log"],
  { alert: { repository, number }, ...of }: AlertCase,
): Promise<void> => {
  const validity = alertValidity({ alert: { repository, number, url: "" }, ...of });
  if (validity === undefined) return;
  try {
    await api.setValidity(repository, number, validity);
  } catch (error) {
    if (!isFinal(error)) throw error;
    log.info("GitHub takes no verdict on the alert", { repository, number, error: messageOf(error) });
  }
};

/** Closes the alert on GitHub with what was done, and sets our own verdict. Answers what a person has to know of it. */
export const resolveAlert = async (
  { github, log }: Pick<RevokerPorts, "github" | "log">,
  of: AlertCase,
): Promise<string | undefined> => {
  const { repository, number } = of.alert;
  const resolution = alertResolution(of);
  if (resolution === undefined) return undefined;
  const api = await github.installation();
  let note: string | undefined;
  try {
    await api.resolve(repository, number, resolution);
  } catch (error) {
    if (!isFinal(error)) throw error;
    log.warn("GitHub does not let the alert be closed", { repository, number, error: messageOf(error) });
    if (error instanceof ForbiddenError) note = closeByHandNote;
    else note = messageOf(error);
  }
  await setValidity(api, log, of);
  return note;
};
