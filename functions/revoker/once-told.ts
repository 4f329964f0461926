import type { AlertCase } from "../../core/leak/alert-case.ts";
import { noticeKey, noticeOf, toldWith } from "../../core/leak/notice.ts";
import type { Ledger } from "../ports.ts";
import type { Leases } from "./leases.ts";

export interface Telling {
  cases: Ledger;
  leases: Leases;
  leaseSeconds: number;
  /** What makes the same outcome news again. */
  occasion?: string;
}

/**
 * Tells people of a case, unless they were told the same of another alert of the same secret in the same repository.
 * Answers what is to be noted, if they were.
 */
export const onceTold = async (
  { cases, leases, leaseSeconds, occasion }: Telling,
  of: AlertCase,
  tell: () => Promise<void>,
): Promise<string | undefined> => {
  const key = noticeKey(of);
  if (key === undefined) {
    await tell();
    return undefined;
  }
  const { lease, record } = await leases.require(cases, key, leaseSeconds);
  const notice = noticeOf(of, occasion);
  const number = toldWith(notice, record);
  if (number === undefined) {
    await tell();
    await cases.write(lease, notice);
  }
  await leases.release(key);
  return number === undefined ? undefined : `Told with alert ${number}.`;
};
