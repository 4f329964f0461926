import { randomBytes, randomUUID } from "node:crypto";
import { issued } from "../secrecy/issued.ts";
import { violations } from "./ocsf/violations.ts";

/** An event as a SIEM keeps it. */
export interface KeptEvent {
  via: "splunk" | "datadog";
  /** Milliseconds since 1970. */
  receivedAt: number;
  event: Readonly<Record<string, unknown>>;
  /** What surrounds it: source and type for Splunk, tags and service for Datadog. */
  envelope: Readonly<Record<string, unknown>>;
  /** What is wrong with it by the OCSF schema. */
  violations: readonly string[];
}

/** What both intakes keep, and who may write. */
export class SiemWorld {
  readonly now: () => number;
  /** The HTTP Event Collector's token, and the API key. */
  readonly splunkToken = issued(randomUUID());
  readonly datadogKey = issued(randomBytes(16).toString("hex"));
  readonly events: KeptEvent[] = [];
  /** Logs that Datadog took and then dropped. */
  dropped = 0;
  isSplunkTokenEnabled = true;
  isDatadogKeyValid = true;
  /** Indexes that the token may write to; undefined: its own alone. */
  indexes: readonly string[] = [];

  constructor(now: () => number) {
    this.now = now;
  }

  keep(
    via: KeptEvent["via"],
    event: Readonly<Record<string, unknown>>,
    envelope: Readonly<Record<string, unknown>>,
  ): void {
    this.events.push({ via, receivedAt: this.now(), event, envelope, violations: violations(event) });
  }

  /** Events by `metadata.uid`, each once, in the order of their first coming: what an analyst sees. */
  distinct(): KeptEvent[] {
    const byUid = new Map<unknown, KeptEvent>();
    for (const each of this.events) {
      const { uid } = (each.event.metadata ?? {}) as { uid?: unknown };
      if (!byUid.has(uid)) byUid.set(uid, each);
    }
    return [...byUid.values()];
  }

  /** Every violation of the schema, with the event's uid before it. */
  violations(): string[] {
    return this.events.flatMap(({ event, violations: each }) => {
      const { uid } = (event.metadata ?? {}) as { uid?: unknown };
      return each.map((problem) => `${String(uid)}: ${problem}`);
    });
  }
}
