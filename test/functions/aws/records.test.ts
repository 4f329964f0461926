import { Secret } from "../../../apis/http/secret.ts";
import { jsonLog } from "../../../functions/aws/log.ts";
import { embeddedMetrics } from "../../../functions/aws/metrics.ts";
import { PortError } from "../../../functions/ports.ts";
import { newSecret } from "../../apis/aws/harness.ts";
import { describeMetricsContract } from "../ports/metrics-contract.ts";
import type { CloudWatchMetric } from "./embedded-metric.ts";
import { readEmbeddedMetrics } from "./embedded-metric.ts";

const time = Date.parse("2026-11-21T10:20:30.400Z");

describeMetricsContract("as embedded metrics", async () => {
  let text = "";
  const port = embeddedMetrics(
    "CredentialGuard",
    (line) => {
      text += line;
    },
    () => time,
  );
  const withoutTime = ({ namespace, timestamp, ...metric }: CloudWatchMetric) => {
    expect([namespace, timestamp]).toEqual(["CredentialGuard", time]);
    return metric;
  };
  return { port, written: () => readEmbeddedMetrics(text).map(withoutTime) };
});

describe("a log", () => {
  const logged = (write: (log: ReturnType<typeof jsonLog>) => void): Record<string, unknown>[] => {
    let text = "";
    write(
      jsonLog(
        (line) => {
          text += line;
        },
        () => time,
      ),
    );
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  };

  test("is one line for each call, whatever is in it", () => {
    const lines = logged((log) => {
      log.info("Rotated.", { credentialId: "crm", text: "two\nlines" });
      log.warn("Later.");
      log.error("Failed.", { count: 2 });
    });
    const own = { time: "2026-11-21T10:20:30.400Z" };
    expect(lines).toEqual([
      { ...own, level: "INFO", message: "Rotated.", credentialId: "crm", text: "two\nlines" },
      { ...own, level: "WARN", message: "Later." },
      { ...own, level: "ERROR", message: "Failed.", count: 2 },
    ]);
  });

  test("lets no field pass for level, time or message", () => {
    const [line] = logged((log) => log.info("Rotated.", { level: "ERROR", message: "x", time: 0 }));
    expect(line).toMatchObject({ level: "INFO", message: "Rotated.", time: "2026-11-21T10:20:30.400Z" });
  });

  test("tells an error's code and message, and shows neither secrets nor causes", () => {
    const [value, hidden] = [newSecret(), newSecret()];
    const cause = Object.assign(new Error(hidden), { request: { body: hidden } });
    const lines = logged((log) => {
      log.error("Failed.", {
        error: new PortError("denied", "May not.", { cause }),
        plain: new TypeError("odd"),
        value: new Secret(value),
      });
    });
    expect(lines[0]).toMatchObject({
      error: { name: "PortError", code: "denied", message: "May not." },
      plain: { name: "TypeError", message: "odd" },
      value: "[secret]",
    });
    expect(JSON.stringify(lines)).not.toContain(value);
    expect(JSON.stringify(lines)).not.toContain(hidden);
  });

  test("is written even where a field cannot be", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const lines = logged((log) => {
      log.warn("Odd.", { circle });
      log.warn("Odd.", { big: 1n });
    });
    expect(lines.map(({ message, fields }) => [message, fields])).toEqual([
      ["Odd.", "cannot be written as JSON"],
      ["Odd.", "cannot be written as JSON"],
    ]);
  });
});
