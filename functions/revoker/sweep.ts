import { hash } from "node:crypto";
import type { GithubLeakApi } from "../../apis/github/leak-api.ts";
import { type AlertCase, type AlertId, alertKey } from "../../core/leak/alert-case.ts";
import { receivedCase } from "../../core/leak/case-history.ts";
import { readCase } from "../../core/leak/case-record.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import { patternOf } from "../../core/leak/receipt.ts";
import { redeliverySeconds, sweep } from "../../core/leak/sweep.ts";
import type { RevokerPorts } from "../ports.ts";
import { messageOf } from "./errors.ts";
import { sendLeak, sendReport } from "./messages.ts";
import { leakMetricNames } from "./metrics.ts";

export type SweepPorts = Pick<
  RevokerPorts,
  "clock" | "log" | "metrics" | "leaks" | "reports" | "cases" | "github"
>;

/** What a sweep sent on; also written to the log. */
export interface SweepReport {
  finds: number;
  redelivered: number;
  looked: number;
  reported: number;
}

const alertOf = (key: string): AlertId | undefined => {
  const [, repository, number] = /^alert#(.+)#(\d+)$/.exec(key) ?? [];
  return repository === undefined ? undefined : { repository, number: Number(number) };
};

/** What one part could not do does not keep the others from being done. */
class Failures {
  readonly #log: RevokerPorts["log"];
  readonly #metrics: RevokerPorts["metrics"];
  readonly errors: unknown[] = [];

  constructor({ log, metrics }: SweepPorts) {
    this.#log = log;
    this.#metrics = metrics;
  }

  async tolerate<T>(what: string, otherwise: T, part: () => Promise<T>): Promise<T> {
    try {
      return await part();
    } catch (error) {
      this.errors.push(error);
      this.#metrics.emit(leakMetricNames.sweepFailures, 1, "Count");
      this.#log.error(`The sweep could not ${what}`, { error: messageOf(error) });
      return otherwise;
    }
  }
}

const readCases = async ({ cases, clock }: SweepPorts) => {
  const known: AlertCase[] = [];
  const damaged: AlertId[] = [];
  for (const [key, record] of await cases.all()) {
    const alert = alertOf(key);
    if (alert === undefined) continue;
    const { case: of, state } = readCase(record, receivedCase(alert, clock.now()));
    if (state === "known") known.push(of);
    else damaged.push(alert);
  }
  return { known, damaged };
};

const askGithub = async (
  ports: SweepPorts,
  leak: LeakDeclarations,
  failures: Failures,
): Promise<{
  github?: GithubLeakApi;
  openAlerts: (AlertId & { createdAt: number })[];
  failedDeliveries: Awaited<ReturnType<GithubLeakApi["failedDeliveries"]>>;
}> => {
  const { organization, hookId, patterns } = leak;
  const github = await failures.tolerate<GithubLeakApi | undefined>("reach GitHub", undefined, () =>
    ports.github.installation(),
  );
  if (github === undefined) return { openAlerts: [], failedDeliveries: [] };
  const openAlerts = await failures.tolerate("list the open alerts", [], () =>
    github.openAlerts(organization),
  );
  const since = ports.clock.now() - redeliverySeconds * 1000;
  const failedDeliveries =
    hookId === undefined
      ? []
      : await failures.tolerate("list the failed deliveries", [], () =>
          github.failedDeliveries(organization, hookId, since),
        );
  const ours = openAlerts.filter((alert) => patternOf(alert, patterns) !== undefined);
  return { github, openAlerts: ours, failedDeliveries };
};

/**
 * Finds what GitHub never delivered and what was left half done, and sends it on. Messages of two sweeps at once are
 * the same, and whatever is asked twice is done once.
 *
 * @throws AggregateError after the sweep, where a part of it could not be done
 */
export const createSweep = (ports: SweepPorts, leak: LeakDeclarations) => {
  const { clock, log, metrics } = ports;
  return async (_event: unknown): Promise<SweepReport> => {
    const failures = new Failures(ports);
    const read = await failures.tolerate("read the cases", undefined, () => readCases(ports));
    const { github, openAlerts, failedDeliveries } = await askGithub(ports, leak, failures);
    const now = clock.now();
    const found = sweep({
      now,
      // Without the cases every open alert would look like one that nobody knows, and would be looked at again.
      openAlerts: read === undefined ? [] : openAlerts,
      cases: read?.known ?? [],
      damaged: read?.damaged ?? [],
      failedDeliveries,
    });
    const minute = Math.floor(now / 60_000);
    let redelivered = 0;
    for (const id of found.redeliver) {
      const isDone = await failures.tolerate("have a webhook delivered again", false, async () => {
        await github?.redeliver(leak.organization, leak.hookId ?? 0, id);
        return true;
      });
      // What is refused once is refused for all of them.
      if (!isDone) break;
      redelivered += 1;
    }
    for (const alert of found.look)
      await failures.tolerate("have an alert looked at", undefined, () =>
        sendLeak(
          ports.leaks,
          { ...alert, reason: "sweep" },
          `sweep-${minute}-${hash("sha256", alertKey(alert), "hex")}`,
        ),
      );
    for (const alert of found.report)
      await failures.tolerate("have a case reported", undefined, () =>
        sendReport(ports.reports, alert, `sweep ${minute}`),
      );
    metrics.emit(leakMetricNames.sweeperFinds, found.finds, "Count");
    const report: SweepReport = {
      finds: found.finds,
      redelivered,
      looked: found.look.length,
      reported: found.report.length,
    };
    log.info("Swept", { ...report });
    if (failures.errors.length > 0)
      throw new AggregateError(failures.errors, `${failures.errors.length} parts of the sweep failed.`);
    return report;
  };
};
