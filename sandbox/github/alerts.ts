/**
 * Alerts: one for each secret and pattern in each repository.
 *
 * - verified (`@octokit/openapi-types` 29.0.1, secret-scanning-alert and webhook-secret-scanning-*): fields, states,
 *   resolutions, and the actions by which webhooks tell of a change.
 * - verified (https://docs.github.com/en/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/working-with-push-protection-from-the-command-line):
 *   who bypasses with "false positive" or "used in tests" gets an alert that is closed, else an open one.
 * - assumed: a secret that comes back in another place is a new location of its alert, whatever the alert's state.
 */
import type { components } from "@octokit/openapi-types";
import type { StoredPattern } from "./pattern-world.ts";
import type { Repository } from "./repositories.ts";

type Schemas = components["schemas"];
export type Resolution = NonNullable<Schemas["secret-scanning-alert-resolution-webhook"]>;
export type CommitLocation = Schemas["secret-scanning-location-commit"];
export type BypassReason = Schemas["secret-scanning-push-protection-bypass-reason"];

export interface Bypass {
  reason: BypassReason;
  /** GitHub login. */
  by: string;
}

/** What an alert keeps of its pattern, which it may outlive. */
export type AlertPattern = Pick<StoredPattern, "id" | "name" | "slug" | "tokenType">;

export interface Alert {
  readonly number: number;
  readonly repository: Repository;
  readonly pattern: AlertPattern;
  readonly secret: string;
  readonly createdAt: number;
  updatedAt: number;
  state: "open" | "resolved";
  resolution: Resolution | null;
  resolvedAt: number | undefined;
  /** GitHub login. */
  resolvedBy: string | undefined;
  resolutionComment: string | null;
  validity: "active" | "inactive" | "unknown";
  assignee: string | undefined;
  bypass: (Bypass & { at: number }) | undefined;
  publiclyLeaked: boolean;
  multiRepo: boolean;
  readonly locations: CommitLocation[];
}

/** The actions of `secret_scanning_alert`, of those that happen here. */
export type AlertAction =
  | "created"
  | "reopened"
  | "resolved"
  | "validated"
  | "publicly_leaked"
  | "assigned"
  | "unassigned";

export interface AlertCount {
  open: number;
  /** Alerts that an edit of their pattern closed. */
  patternEdited: number;
  /** Alerts that the deletion of their pattern closed. */
  patternDeleted: number;
}

export interface AlertListener {
  alertChanged(alert: Alert, action: AlertAction, sender: string | undefined): void;
  locationAdded(alert: Alert, location: CommitLocation): void;
}

/** The alerts of every pattern, also of those that are gone: evidence outlives its pattern, unless it is deleted. */
export class AlertBook {
  /** Alerts without content, for who only counts them. */
  #counted = new Map<number, ("open" | Resolution)[]>();
  readonly #alerts = new Map<string, Alert>();
  readonly #byNumber = new Map<string, Alert>();
  readonly #bySecret = new Map<string, Alert[]>();
  readonly #now: () => number;
  listener: AlertListener | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Raises alerts without content. */
  raise(patternId: number, count: number): void {
    const alerts = this.#counted.get(patternId) ?? [];
    this.#counted.set(patternId, [...alerts, ...Array.from({ length: count }, () => "open" as const)]);
  }

  /** A secret at a place: a new alert, or a further location of one that there is. Undefined for a place known already. */
  found(
    repository: Repository,
    pattern: AlertPattern,
    secret: string,
    location: CommitLocation,
    bypass: Bypass | undefined,
  ): Alert | undefined {
    const key = keyOf(repository, pattern.id, secret);
    const known = this.#alerts.get(key);
    if (known !== undefined) {
      if (known.locations.some((each) => isSamePlace(each, location))) return undefined;
      known.locations.push(location);
      known.updatedAt = this.#now();
      this.listener?.locationAdded(known, location);
      return known;
    }
    const now = this.#now();
    repository.lastAlertNumber += 1;
    const { id, name, slug, tokenType } = pattern;
    const same = this.#bySecret.get(secret) ?? [];
    const elsewhere = same.filter((each) => each.repository !== repository);
    const alert: Alert = {
      number: repository.lastAlertNumber,
      repository,
      pattern: { id, name, slug, tokenType },
      secret,
      createdAt: now,
      updatedAt: now,
      state: "open",
      resolution: null,
      resolvedAt: undefined,
      resolvedBy: undefined,
      resolutionComment: null,
      validity: "unknown",
      assignee: undefined,
      bypass: bypass === undefined ? undefined : { ...bypass, at: now },
      publiclyLeaked: false,
      multiRepo: elsewhere.length > 0,
      locations: [location],
    };
    for (const each of elsewhere) each.multiRepo = true;
    this.#bySecret.set(secret, [...same, alert]);
    this.#alerts.set(key, alert);
    this.#byNumber.set(numberKey(repository, alert.number), alert);
    this.listener?.alertChanged(alert, "created", undefined);
    if (bypass !== undefined && bypass.reason !== "will_fix_later")
      this.resolveOne(alert, bypass.reason, bypass.by);
    return alert;
  }

  resolveOne(alert: Alert, resolution: Resolution, by?: string, comment: string | null = null): void {
    const now = this.#now();
    Object.assign(alert, {
      state: "resolved",
      resolution,
      resolvedAt: now,
      resolvedBy: by,
      resolutionComment: comment,
      updatedAt: now,
    });
    this.listener?.alertChanged(alert, "resolved", by);
  }

  reopen(alert: Alert, by?: string, comment: string | null = null): void {
    Object.assign(alert, {
      state: "open",
      resolution: null,
      resolvedAt: undefined,
      resolvedBy: undefined,
      resolutionComment: comment,
    });
    this.changed(alert, "reopened", by);
  }

  /** For a change that is already written. */
  changed(alert: Alert, action: AlertAction, by?: string): void {
    alert.updatedAt = this.#now();
    this.listener?.alertChanged(alert, action, by);
  }

  /** Closes the open alerts of a pattern. */
  resolve(patternId: number, resolution: "pattern_edited" | "pattern_deleted"): void {
    const counted = this.#counted.get(patternId) ?? [];
    this.#counted.set(
      patternId,
      counted.map((state) => (state === "open" ? resolution : state)),
    );
    for (const alert of this.#of(patternId)) if (alert.state === "open") this.resolveOne(alert, resolution);
  }

  /** Destroys the alerts of a pattern. */
  delete(patternId: number): void {
    this.#counted.delete(patternId);
    for (const alert of this.#of(patternId)) {
      this.#alerts.delete(keyOf(alert.repository, patternId, alert.secret));
      this.#byNumber.delete(numberKey(alert.repository, alert.number));
      const others = this.#bySecret.get(alert.secret)?.filter((each) => each !== alert) ?? [];
      this.#bySecret.set(alert.secret, others);
    }
  }

  /** In the order of their creation. */
  all(): Alert[] {
    return [...this.#alerts.values()];
  }

  find(repository: Repository, number: number): Alert | undefined {
    return this.#byNumber.get(numberKey(repository, number));
  }

  count(patternId: number): AlertCount {
    const states = [
      ...(this.#counted.get(patternId) ?? []),
      ...this.#of(patternId).map(({ state, resolution }) => (state === "open" ? "open" : resolution)),
    ];
    const number = (state: "open" | Resolution) => states.filter((each) => each === state).length;
    return {
      open: number("open"),
      patternEdited: number("pattern_edited"),
      patternDeleted: number("pattern_deleted"),
    };
  }

  #of(patternId: number): Alert[] {
    return this.all().filter(({ pattern }) => pattern.id === patternId);
  }
}

const keyOf = ({ id }: Repository, patternId: number, secret: string): string =>
  `${id} ${patternId} ${secret}`;

const numberKey = ({ id }: Repository, number: number): string => `${id} ${number}`;

const isSamePlace = (a: CommitLocation, b: CommitLocation): boolean =>
  a.path === b.path &&
  a.blob_sha === b.blob_sha &&
  a.commit_sha === b.commit_sha &&
  a.start_line === b.start_line &&
  a.start_column === b.start_column;
