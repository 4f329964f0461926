import type { RotationApi } from "../../apis/genesys/api.ts";
import type { GithubLeakApi } from "../../apis/github/leak-api.ts";
import { alertKey } from "../../core/leak/alert-case.ts";
import { receivedCase, released } from "../../core/leak/case-history.ts";
import { readCase } from "../../core/leak/case-record.ts";
import { dueFollowUps } from "../../core/leak/follow-ups.ts";
import { needsLook } from "../../core/leak/next-look.ts";
import { actFor } from "../rotator/actor.ts";
import { HeldCase } from "./held-case.ts";
import { Leases } from "./leases.ts";
import { type LookOutcome, look } from "./look.ts";
import { type LeakMessage, sendReport } from "./messages.ts";
import { masterOf, type Revoker } from "./revoker.ts";

/** What a look needs of the outside, asked for while the case is still being opened. */
export interface Access {
  readonly github: Promise<GithubLeakApi>;
  readonly master: Promise<RotationApi>;
}

const openAccess = (revoker: Revoker): Access => {
  const access = {
    github: revoker.ports.github.installation(),
    master: actFor(revoker.rotator, masterOf(revoker)),
  };
  // Whoever awaits them is told; until then a failure must not end the process.
  for (const each of Object.values(access)) each.catch(() => undefined);
  return access;
};

const openCase = async ({ ports }: Revoker, leases: Leases, message: LeakMessage): Promise<HeldCase> => {
  const { lease, record } = await leases.require(ports.cases, alertKey(message));
  const now = ports.clock.now();
  const read = readCase(record, receivedCase(message, message.receivedAt ?? now));
  if (read.state === "damaged")
    ports.log.warn("A case was damaged; what is unusable of it is left out", { alert: alertKey(message) });
  const { release } = message;
  const of = release === undefined ? read.case : released(read.case, { ...release, at: now });
  return new HeldCase(ports.cases, lease, of);
};

/**
 * Takes one alert as far as it goes now. Answers with the seconds after which it is to be looked at again, where that
 * is worth waiting for.
 */
export const workOn = async (
  revoker: Revoker,
  message: LeakMessage,
  holder: string,
): Promise<LookOutcome> => {
  const { ports } = revoker;
  const access = openAccess(revoker);
  const leases = new Leases(ports.clock, holder);
  try {
    const held = await openCase(revoker, leases, message);
    const outcome = needsLook(held.of, message.reason, ports.clock.now())
      ? await look(revoker, access, leases, held)
      : {};
    if (dueFollowUps(held.of).length > 0)
      await sendReport(ports.reports, held.of.alert, `${held.of.lookedAt} ${held.of.containedAt}`);
    return outcome;
  } finally {
    await leases.releaseAll();
  }
};
