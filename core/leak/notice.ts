import type { AlertCase, AlertId } from "./alert-case.ts";
import { isAlertId } from "./leak-record.ts";
import { outcomeOf } from "./report/outcome.ts";

/**
 * What people were told last of one secret in one repository, as the ledger keeps it under `noticeKey`. GitHub raises
 * an alert for every pattern that finds it; people hear of it once.
 */
export interface Notice {
  /** The alert of whose case they were told. */
  alert: AlertId;
  /** What they were told: the same again is no news. */
  said: string;
}

/** Undefined where the secret was never read. */
export const noticeKey = ({ alert, fingerprint }: AlertCase): string | undefined =>
  fingerprint === undefined ? undefined : `notice#${alert.repository}#${fingerprint}`;

/** `occasion`: what makes the same outcome news again, such as the day of a reminder. */
export const noticeOf = (of: AlertCase, occasion = ""): Notice => ({
  alert: { repository: of.alert.repository, number: of.alert.number },
  said: JSON.stringify([outcomeOf(of), of.clientId, occasion]),
});

/** The number of the other alert with which people were told the same; `value` is what the ledger has. */
export const toldWith = (notice: Notice, value: unknown): number | undefined => {
  if (typeof value !== "object" || value === null || !("alert" in value) || !("said" in value))
    return undefined;
  const { alert, said } = value;
  return isAlertId(alert) && alert.number !== notice.alert.number && said === notice.said
    ? alert.number
    : undefined;
};
