/**
 * Webhooks of organisations: who is told, how, and what is kept of it.
 *
 * - verified (https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers): the headers.
 * - verified (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries): HMAC-SHA256 over the
 *   body, with the webhook's secret, and none without one.
 * - verified (https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries): ten seconds to
 *   answer, no second attempt unless it is asked for.
 * - verified (`@octokit/openapi-types` 29.0.1, hook-delivery-item): a redelivery is a delivery of its own with the GUID
 *   of the first; `status=failure` are the status codes from 400 to 599.
 * - verified (https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks): deliveries
 *   are kept for three days.
 * - assumed: the status code of an attempt without an answer (a switch); redirects are not followed.
 */
import { createHmac, randomUUID } from "node:crypto";
import type { Timers } from "../aws/agenda.ts";
import type { Deliver } from "./deliver.ts";
import type { ChooseMishap } from "./mishaps.ts";
import { idOf } from "./people.ts";
import type { Switches } from "./switches.ts";

export interface Hook {
  readonly id: number;
  readonly organization: string;
  url: string;
  secret: string | undefined;
  contentType: "json" | "form";
  insecureSsl: string;
  events: readonly string[];
  active: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly hookId: number;
  readonly event: string;
  readonly action: string | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly deliveredAt: number;
  readonly durationMilliseconds: number;
  readonly status: string;
  readonly statusCode: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The payload as JSON. */
  readonly payload: string;
}

/** What is to be told. */
export interface Notice {
  event: string;
  action: string | null;
  repositoryId: number | null;
  payload: object;
}

type Attempt = Pick<Delivery, "guid" | "event" | "action" | "repositoryId" | "payload" | "redelivery">;

const patienceMilliseconds = 10_000;
const keptMilliseconds = 3 * 86_400_000;

const noAnswer = "failed to connect to host";

export class Hooks {
  readonly #hooks = new Map<number, Hook>();
  readonly #log = new Map<number, Delivery[]>();
  readonly #overtaken = new Map<number, (() => void)[]>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #deliver: Deliver;
  readonly #timers: Timers;
  readonly #switches: Switches;
  readonly #now: () => number;
  #lastHookId = 0;
  #lastDeliveryId = 0;
  /** What befalls the attempts from now on; undefined: nothing. */
  mishaps: ChooseMishap | undefined;

  constructor(options: { deliver: Deliver; timers: Timers; switches: Switches; now: () => number }) {
    this.#deliver = options.deliver;
    this.#timers = options.timers;
    this.#switches = options.switches;
    this.#now = options.now;
  }

  add(hook: Omit<Hook, "id" | "createdAt" | "updatedAt">): Hook {
    this.#lastHookId += 1;
    const now = this.#now();
    const added = { ...hook, id: this.#lastHookId, createdAt: now, updatedAt: now };
    this.#hooks.set(added.id, added);
    return added;
  }

  find(organization: string, id: number): Hook | undefined {
    const hook = this.#hooks.get(id);
    return hook?.organization.toLowerCase() === organization.toLowerCase() ? hook : undefined;
  }

  of(organization: string): Hook[] {
    return [...this.#hooks.values()].filter((hook) => this.find(organization, hook.id) !== undefined);
  }

  change(hook: Hook, change: Partial<Hook>): void {
    Object.assign(hook, change, { updatedAt: this.#now() });
  }

  remove({ id }: Hook): void {
    this.#hooks.delete(id);
    this.#log.delete(id);
    this.#overtaken.delete(id);
  }

  /** Tells every webhook of the organisation that asked for such an event. Does not wait for the answers. */
  tell(organization: string, notice: Notice): void {
    for (const hook of this.of(organization))
      if (hook.active && (hook.events.includes(notice.event) || hook.events.includes("*")))
        this.send(hook, notice);
  }

  send(hook: Hook, { payload, ...notice }: Notice): void {
    const attempt = { ...notice, guid: randomUUID(), payload: JSON.stringify(payload), redelivery: false };
    this.#begin(hook, attempt);
  }

  /** Sends it again under its GUID. */
  redeliver(hook: Hook, { guid, event, action, repositoryId, payload }: Delivery): void {
    this.#begin(hook, { guid, event, action, repositoryId, payload, redelivery: true });
  }

  /** What became of the attempts, the latest first; no longer than GitHub keeps it. */
  deliveries({ id }: Hook): Delivery[] {
    const since = this.#now() - keptMilliseconds;
    const kept = (this.#log.get(id) ?? []).filter(({ deliveredAt }) => deliveredAt >= since);
    this.#log.set(id, kept);
    return kept.toReversed();
  }

  /** Until every attempt that is under way has ended: one that is late only ends once its time has come. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #begin(hook: Hook, attempt: Attempt): void {
    const { guid, event, action, redelivery } = attempt;
    const mishap = this.mishaps?.({ hookId: hook.id, event, action, guid, redelivery });
    const waiting = this.#overtaken.get(hook.id) ?? [];
    this.#overtaken.delete(hook.id);
    switch (mishap?.kind) {
      case "late":
        this.#later(mishap.milliseconds, () => this.#attempt(hook, attempt));
        break;
      case "overtaken":
        this.#track(
          new Promise<void>((resolve) => {
            this.#overtaken.set(hook.id, [resolve]);
          }).then(() => this.#attempt(hook, attempt)),
        );
        break;
      case "duplicated":
        this.#track(this.#attempt(hook, attempt));
        this.#later(mishap.milliseconds, () => this.#attempt(hook, attempt));
        break;
      case "lost":
        if (mishap.recorded)
          this.#record(hook, attempt, this.#headers(hook, attempt), this.#now(), noAnswer, undefined);
        break;
      default:
        this.#track(this.#attempt(hook, attempt, mishap?.kind === "answerLost"));
    }
    for (const release of waiting) release();
  }

  #later(milliseconds: number, work: () => Promise<void>): void {
    this.#track(
      new Promise<void>((resolve) => {
        this.#timers.at(this.#now() + milliseconds, () => resolve());
      }).then(work),
    );
  }

  #track(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  async #attempt(hook: Hook, attempt: Attempt, answerIsLost = false): Promise<void> {
    // Whoever caused the event goes on first.
    await undefined;
    const headers = this.#headers(hook, attempt);
    const startedAt = this.#now();
    let giveUp: (() => void) | undefined;
    const overdue = new Promise<"overdue">((resolve) => {
      giveUp = this.#timers.at(startedAt + patienceMilliseconds, () => resolve("overdue"));
    });
    const body =
      hook.contentType === "json"
        ? attempt.payload
        : new URLSearchParams({ payload: attempt.payload }).toString();
    const answer = await Promise.race([
      this.#deliver(hook.url, headers, body).catch(() => "none" as const),
      overdue,
    ]);
    giveUp?.();
    if (answer === "overdue" || answerIsLost)
      this.#record(hook, attempt, headers, startedAt, "timed out", undefined);
    else if (answer === "none") this.#record(hook, attempt, headers, startedAt, noAnswer, undefined);
    else {
      const isFine = answer.status >= 200 && answer.status < 300;
      const status = isFine ? "OK" : `Invalid HTTP Response: ${answer.status}`;
      this.#record(hook, attempt, headers, startedAt, status, answer.status);
    }
  }

  #headers(hook: Hook, { event, guid, payload }: Attempt): Record<string, string> {
    const isJson = hook.contentType === "json";
    const body = isJson ? payload : new URLSearchParams({ payload }).toString();
    const hmac = (algorithm: string, secret: string) =>
      `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
    return {
      Accept: "*/*",
      "Content-Type": isJson ? "application/json" : "application/x-www-form-urlencoded",
      "User-Agent": "GitHub-Hookshot/0a1b2c3",
      "X-GitHub-Delivery": guid,
      "X-GitHub-Event": event,
      "X-GitHub-Hook-ID": String(hook.id),
      "X-GitHub-Hook-Installation-Target-ID": String(idOf("account", hook.organization)),
      "X-GitHub-Hook-Installation-Target-Type": "organization",
      ...(hook.secret === undefined
        ? {}
        : {
            "X-Hub-Signature": hmac("sha1", hook.secret),
            "X-Hub-Signature-256": hmac("sha256", hook.secret),
          }),
    };
  }

  #record(
    hook: Hook,
    attempt: Attempt,
    headers: Record<string, string>,
    startedAt: number,
    status: string,
    statusCode: number | undefined,
  ): void {
    // Deleted meanwhile.
    if (!this.#hooks.has(hook.id)) return;
    this.#lastDeliveryId += 1;
    const delivery: Delivery = {
      ...attempt,
      id: this.#lastDeliveryId,
      hookId: hook.id,
      deliveredAt: startedAt,
      durationMilliseconds: this.#now() - startedAt,
      status,
      statusCode: statusCode ?? this.#switches.unansweredStatusCode,
      url: hook.url,
      headers,
    };
    const log = this.#log.get(hook.id);
    if (log === undefined) this.#log.set(hook.id, [delivery]);
    else log.push(delivery);
  }
}
