/** What must be true of every alert when all is over. */

import { type AlertCase, type AlertId, alertKey } from "../../../core/leak/alert-case.ts";
import { violations } from "../../../sandbox/siem/ocsf/violations.ts";
import { type Rules, repositories, type Town } from "./town.ts";
import type { Leaked, Truth } from "./truth.ts";

export interface Account {
  readonly faults: string[];
  readonly ends: Record<string, number>;
  alerts: number;
}

interface Finding {
  finding_info?: { uid?: string };
  class_uid?: number;
  metadata: { uid: string };
}

class Accountant {
  readonly #town: Town;
  readonly #rules: Rules;
  readonly #truth: Truth;
  readonly #paged: string;
  readonly #findings: readonly Finding[];
  readonly account: Account = { faults: [], ends: {}, alerts: 0 };

  constructor(town: Town, rules: Rules, truth: Truth) {
    this.#town = town;
    this.#rules = rules;
    this.#truth = truth;
    const { slack, siem, leak } = town.world;
    const security = slack.world.messagesTo(leak.slack.securityChannel).map((each) => JSON.stringify(each));
    this.#paged = security.filter((text) => text.includes("PAGE")).join("\n");
    this.#findings = siem.world.distinct().map(({ event }) => event as unknown as Finding);
  }

  alert(alert: AlertId, leaks: readonly Leaked[]): void {
    const found = this.#town.world.case(alert);
    this.account.alerts += 1;
    const key = alertKey(alert);
    const action = found?.action;
    if (found === undefined || action === undefined || action.kind === "lookAgain") {
      this.#fault(key, `not accounted for: ${action?.kind ?? "no case"}`);
      return;
    }
    const end = action.kind === "hold" ? `held: ${action.because}` : action.kind;
    this.account.ends[end] = (this.account.ends[end] ?? 0) + 1;
    const isHeld = action.kind === "hold";
    if (!isHeld && found.closedAt === undefined) this.#fault(key, `neither closed nor held: ${end}`);
    this.#life(key, found, leaks, isHeld);
    this.#github(key, alert, found, leaks, isHeld);
    this.#said(key, alert, leaks, isHeld);
  }

  /** Every live leak is dead, a decoy's, held with a page, or let go by a person. */
  #life(key: string, found: AlertCase, leaks: readonly Leaked[], isHeld: boolean): void {
    for (const { secret } of leaks) {
      const ownerId = this.#truth.ownerOf(secret);
      if (ownerId === undefined || isHeld || this.#truth.released.get(secret)?.has("dismiss")) continue;
      if (!this.#truth.isDecoy(ownerId)) this.#fault(key, `is live: ${JSON.stringify(found)}`);
      else if (found.action?.kind !== "alertOnly") this.#fault(key, "a decoy was not told to security alone");
    }
  }

  #github(key: string, alert: AlertId, found: AlertCase, leaks: readonly Leaked[], isHeld: boolean): void {
    const { state, resolution } = this.#town.world.alertState(alert);
    // What was closed and found doubtful later is told to security, and not opened again.
    if (isHeld && found.followUps.resolve === undefined && state === "resolved") return;
    const isDecoys = found.action?.kind === "alertOnly";
    const isDelegated = this.#rules.isDismissalDelegated && alert.repository === repositories[1];
    const expected = isHeld || isDecoys || isDelegated ? "open" : "resolved";
    if (state !== expected) this.#fault(key, `is ${state} on GitHub: ${JSON.stringify(found)}`);
    if (resolution === "false_positive" && leaks.some((each) => this.#isOurs(each)))
      this.#fault(key, "a secret of ours is called a false positive");
  }

  /** Named beside the secret, and not deleted since. */
  #isOurs({ isNamed, ownerId = "" }: Leaked): boolean {
    return isNamed && this.#town.world.genesys.world.clients.has(ownerId);
  }

  #said(key: string, { repository, number }: AlertId, leaks: readonly Leaked[], isHeld: boolean): void {
    const name = `${repository}#${number}`;
    if (isHeld && !leaks.some((leaked) => this.#isPaged(leaked))) this.#fault(key, "is held without a page");
    const isKnown = this.#findings.some(
      ({ finding_info: info, class_uid: type }) => type === 2004 && info?.uid === `leak:${name}`,
    );
    if (!isKnown) this.#fault(key, "is unknown to the SIEM");
  }

  /** Of one secret in one repository people are told once, however many alerts it raises. */
  #isPaged({ secret, alert: { repository } }: Leaked): boolean {
    return this.#truth.leaks.some(
      ({ secret: other, alert }) =>
        other === secret &&
        alert.repository === repository &&
        new RegExp(`${repository}#${alert.number}(?!\\d)`).test(this.#paged),
    );
  }

  #fault(key: string, what: string): void {
    this.account.faults.push(`${key} ${what}`);
  }
}

/** The virtual clock has fractions of milliseconds, and no real one has. */
const wholeNumbers = (event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(event), (_, value: unknown) =>
    typeof value === "number" ? Math.floor(value) : value,
  );

export const accountFor = (town: Town, rules: Rules, truth: Truth): Account => {
  const accountant = new Accountant(town, rules, truth);
  const byAlert = Map.groupBy(truth.leaks, ({ alert }) => alertKey(alert));
  for (const leaks of byAlert.values()) {
    const [first] = leaks;
    if (first !== undefined) accountant.alert(first.alert, leaks);
  }
  const { account } = accountant;
  const { world } = town;
  for (const id of [...town.rotatedIds, "wallboard", "survey", "dialler"])
    if (!truth.isServed(id)) account.faults.push(`${id} is lost`);
  for (const { event } of world.siem.world.events)
    account.faults.push(...violations(wholeNumbers(event)).map((each) => `the SIEM refuses: ${each}`));
  const isHolding = Object.keys(account.ends).some((end) => end.startsWith("held"));
  if (isHolding && world.metric("HeldCases").length === 0)
    account.faults.push("no alarm tells of held cases");
  return account;
};

/** Findings that the SIEM has had before. What was done to a client is told of each of its alerts, and counted once. */
export const repeatedFindings = ({ world }: Town): string[] => {
  const uids = world.siem.world.events.flatMap(({ event }) => {
    const { class_uid: type, metadata } = event as unknown as Finding;
    return type === 2004 ? [metadata.uid] : [];
  });
  return uids.filter((uid, index) => uids.indexOf(uid) !== index);
};

/** How often a case that was held was looked at again and held again: that is news, though the words are the same. */
export const heldAgain = ({ world }: Town): number => {
  const wasHeld = new Set<string>();
  let times = 0;
  for (const { message, fields } of world.runtime.log.lines) {
    const { alert, action } = fields as { alert?: string; action?: { kind: string } };
    // Security is told why; what the developer is told is the same.
    if (message === "A leaked client could not be stopped") times += 1;
    if (message !== "An alert was looked at" || alert === undefined || action?.kind !== "hold") continue;
    if (wasHeld.has(alert)) times += 1;
    wasHeld.add(alert);
  }
  return times;
};

/** Messages that somebody has read before, word for word. */
export const repeatedMessages = ({ world }: Town): string[] => {
  const texts = world.slack.world.messages.map(({ channel, text, blocks }) =>
    JSON.stringify([channel, text, blocks]),
  );
  return texts.filter((text, index) => texts.indexOf(text) !== index);
};

/** Generations that are neither current nor pending. */
export const orphans = ({ world }: Town, truth: Truth): string[] => {
  const inService = new Set(
    truth.stored().flatMap(({ clientId, stage }) => (stage === "AWSPREVIOUS" ? [] : [clientId])),
  );
  return world.genesys.world.clients
    .all()
    .filter(
      ({ id, description = "" }) => description.includes(world.rotation.stackPrefix) && !inService.has(id),
    )
    .map(({ name, id, state }) => `orphan: ${name} ${id}, ${state}`);
};
