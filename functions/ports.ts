/**
 * What the functions need from outside. `aws/` has an adapter for each that says which IAM actions it needs; the
 * sandbox has implementations in memory. Both pass the same contract suites (`test/functions/ports`).
 *
 * Times are milliseconds since 1970 unless a name says `Seconds`.
 */
import type { RotationApi } from "../apis/genesys/api.ts";
import type { GithubApp } from "../apis/github/leak-api.ts";
import type { Secret } from "../apis/http/secret.ts";
import type { SiemApi } from "../apis/siem/api.ts";
import type { SlackApi } from "../apis/slack/api.ts";

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** One version of a secret. Staging labels of interest: AWSCURRENT, AWSPENDING, AWSPREVIOUS. */
export interface SecretVersion {
  versionId: string;
  stages: readonly string[];
  createdAt: number;
}

export interface SecretDescription {
  arn: string;
  name: string;
  rotationEnabled: boolean;
  /** Versions without a staging label are left out: the store prunes them as it likes. */
  versions: readonly SecretVersion[];
  lastRotatedAt?: number;
  nextRotationAt?: number;
  /** The secret is scheduled for deletion. */
  deletedAt?: number;
}

/** Errors of a port carry one of these codes, whatever implements it. */
export type PortErrorCode =
  /** There is no such secret, version or queue. */
  | "not-found"
  /** The secret is scheduled for deletion, or a rotation is running, or a label is not where the call says. */
  | "conflict"
  /** The version exists with another value. */
  | "already-exists"
  /** The caller's role may not do this. */
  | "denied"
  /** The lease was lost: somebody else holds it, or it was never held. */
  | "lease-lost"
  /** It is not known whether the call took effect: look before trying again. */
  | "ambiguous"
  /** Nothing was changed, and a later attempt may succeed. */
  | "unavailable"
  /** The service refuses the request as such. */
  | "invalid";

export class PortError extends Error {
  readonly code: PortErrorCode;

  constructor(code: PortErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PortError";
    this.code = code;
  }
}

export interface SecretReader {
  /** @throws PortError not-found */
  describe(secretId: string): Promise<SecretDescription>;
  /** Undefined where there is no such version or label, or it has no value. @throws PortError not-found, conflict */
  value(secretId: string, which: { versionId: string } | { stage: string }): Promise<Secret | undefined>;
}

export interface SecretWriter {
  /**
   * Stores a version. The same version id with the same value changes nothing; with another value it is refused.
   * A label that another version has moves to this one.
   *
   * @throws PortError already-exists, conflict, not-found
   */
  put(
    secretId: string,
    version: { versionId: string; value: Secret; stages: readonly string[] },
  ): Promise<void>;
  /** Moves a label; `from` must have it now, if given. @throws PortError conflict, not-found */
  moveStage(secretId: string, stage: string, move: { to?: string; from?: string }): Promise<void>;
}

export interface RotationTrigger {
  /** Starts a rotation at once. `running`: one is under way already. @throws PortError not-found, conflict */
  rotateNow(secretId: string, versionId: string): Promise<"started" | "running">;
}

/** The right to change one credential, until it ends or another holder takes it over after its end. */
export interface Lease {
  readonly key: string;
  readonly holder: string;
  /** Rises with every holder: a write with an older number is refused. */
  readonly fence: number;
  readonly until: number;
}

/** One record for each key, as JSON; only the holder of the key's lease writes. Reads see every earlier write. */
export interface Ledger {
  /** Undefined while somebody else holds it. A holder that asks again gets a new lease with a higher fence. */
  acquire(key: string, holder: string, seconds: number): Promise<Lease | undefined>;
  /**
   * As `acquire`, with the record as it is at that moment: one call instead of two.
   *
   * @throws PortError invalid, for a record that cannot be read; the lease is then the caller's all the same
   */
  open(key: string, holder: string, seconds: number): Promise<{ lease: Lease; record: unknown } | undefined>;
  /** Does nothing where the lease has been lost. */
  release(lease: Lease): Promise<void>;
  read(key: string): Promise<unknown>;
  /** @throws PortError lease-lost */
  write(lease: Lease, record: unknown): Promise<void>;
  /** Every record by key; throws rather than leave one out. */
  all(): Promise<ReadonlyMap<string, unknown>>;
}

export interface Scheduler {
  /**
   * Has the retire function called once with `payload`, at that time or up to a minute later; at least once. The
   * same name again moves the time. A time that has passed means at once.
   */
  at(name: string, time: number, payload: unknown): Promise<void>;
}

export interface Queue {
  /** Messages of a group arrive in order; a repeated id within five minutes is dropped. */
  send(message: { group: string; deduplicationId: string; body: unknown }): Promise<void>;
}

export type MetricUnit = "Count" | "Seconds" | "Milliseconds" | "None";

export interface Metrics {
  emit(name: string, value: number, unit: MetricUnit, dimensions?: Readonly<Record<string, string>>): void;
}

/** Structured: one JSON line each. Fields never hold secrets. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** With which the platform is called. */
export interface ClientCredential {
  clientId: string;
  clientSecret: Secret;
}

export interface Platform {
  /** Calls with the rights of that client; makes no call itself. */
  as(credential: ClientCredential): RotationApi;
}

/** Everything that the rotator's functions use between them; each takes the part that it needs. */
export interface RotatorPorts {
  clock: Clock;
  secrets: SecretReader & SecretWriter;
  trigger: RotationTrigger;
  ledger: Ledger;
  scheduler: Scheduler;
  emergencies: Queue;
  metrics: Metrics;
  log: Log;
  platform: Platform;
  /** Names the holder of a lease: unique for every call of a function. */
  newHolder(): string;
}

/** Remembers ids for a time, so that what comes twice is known. */
export interface DeliveryLog {
  /** `new` to exactly one of any number of callers. */
  remember(id: string, seconds: number): Promise<"new" | "known">;
}

/** A secret of the functions' own. */
export interface HeldSecret {
  /** Read once and kept for a few minutes; `fresh` reads it again. @throws PortError not-found */
  read(how?: { fresh: boolean }): Promise<Secret>;
}

/** Everything that the functions which answer leaks use between them; each takes the part that it needs. */
export interface RevokerPorts
  extends Pick<
    RotatorPorts,
    | "clock"
    | "secrets"
    | "ledger"
    | "scheduler"
    | "emergencies"
    | "metrics"
    | "log"
    | "platform"
    | "newHolder"
  > {
  /** JSON: `{ "current": ..., "previous": ... }`, either of which signs webhooks. */
  webhookSecrets: HeldSecret;
  deliveries: DeliveryLog;
  /** Alerts to be worked on. Group = the alert. */
  leaks: Queue;
  /** Cases to be reported. Group = the alert. */
  reports: Queue;
  /** One record for each alert and each leak (`core/leak/alert-case.ts`), in a table of its own. */
  cases: Ledger;
  github: GithubApp;
  slack: SlackApi;
  siem: SiemApi;
}
