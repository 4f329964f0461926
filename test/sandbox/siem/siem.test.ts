import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { siemApiOver } from "../../../apis/siem/create.ts";
import type { SiemKind } from "../../../apis/siem/settings.ts";
import { ocsfEvents } from "../../../core/leak/report/ocsf.ts";
import { createSiem, type SiemSimulator, startSiem } from "../../../sandbox/siem/index.ts";
import { virtualTime } from "../../apis/virtual-time.ts";
import { declarations, told } from "../../core/leak/report/cases.ts";
import { assumed, verified } from "../github/marks.ts";

const started: SiemSimulator[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((siem) => siem.close()));
});

const sources = {
  codes:
    "help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/troubleshoot-http-event-collector",
  format:
    "help.splunk.com/en/splunk-enterprise/get-data-in/collect-http-event-data/format-events-for-http-event-collector",
  datadog: "docs.datadoghq.com/api/latest/logs/#send-logs",
} as const;

const setUp = () => {
  const time = virtualTime();
  const siem = createSiem({ clock: time.transport.now });
  const call = async (path: string, text: string, headers: Record<string, string>) => {
    const outcome = await siem.responder.respond({
      method: "POST",
      path,
      query: new URLSearchParams(),
      headers,
      text,
      sourceAddress: "127.0.0.1",
    });
    if (outcome === "dropped") throw new Error("The call was dropped.");
    return outcome;
  };
  const hec = (text: string, authorization = `Splunk ${siem.world.splunkToken}`) =>
    call("/services/collector/event", text, authorization === "" ? {} : { authorization });
  const logs = (value: unknown, key = siem.world.datadogKey) =>
    call(
      "/api/v2/logs",
      typeof value === "string" ? value : JSON.stringify(value),
      key === "" ? {} : { "dd-api-key": key },
    );
  return { ...time, siem, hec, logs };
};

verified(sources.codes, "Splunk says by code what is wrong", async () => {
  const { siem, hec } = setUp();
  const code = async (...given: Parameters<typeof hec>) => {
    const { status, body } = await hec(...given);
    return `${status} ${(body as { code: number }).code}`;
  };
  const event = '{"event":{"a":1}}';
  expect(await code(event)).toBe("200 0");
  expect(await code(event, "")).toBe("401 2");
  expect(await code(event, "Bearer x")).toBe("401 3");
  expect(await code(event, "Splunk x")).toBe("403 4");
  expect(await code(" ")).toBe("400 5");
  expect(await code('{"event":')).toBe("400 6");
  expect(await code("[1]")).toBe("400 6");
  expect(await code('{"event":1,"time":"now"}')).toBe("400 6");
  expect(await code('{"event":1,"index":"other"}')).toBe("400 7");
  expect(await code('{"time":1}')).toBe("400 12");
  expect(await code('{"event":""}')).toBe("400 13");
  siem.world.indexes = ["other"];
  expect(await code('{"event":1,"index":"other"}')).toBe("200 0");
  const basic = `Basic ${Buffer.from(`x:${siem.world.splunkToken}`).toString("base64")}`;
  expect(await code(event, basic)).toBe("200 0");
  siem.world.isSplunkTokenEnabled = false;
  expect(await code(event)).toBe("403 1");
});

verified(
  sources.format,
  "events come one after the other, and the first that is wrong is named",
  async () => {
    const { siem, hec } = setUp();
    await hec('{"time":1700000000.123,"event":{"a":"}\\"{"}} {"time":"1700000001","event":{"b":2}}\n');
    expect(siem.world.events.map(({ event }) => event)).toEqual([{ a: '}"{' }, { b: 2 }]);
    const { body } = await hec('{"event":{"c":3}}{"event":""}');
    expect(body).toMatchObject({ "invalid-event-number": 1 });
  },
);

assumed("Splunk takes no more than a megabyte, and keeps what came before a refused event", async () => {
  const { siem, hec } = setUp();
  expect((await hec(`{"event":"${"x".repeat(1_000_000)}"}`)).status).toBe(413);
  await hec('{"event":{"c":3}}{"event":""}');
  expect(siem.world.events).toHaveLength(1);
});

verified(sources.datadog, "Datadog accepts with 202, and refuses by status", async () => {
  const { siem, logs } = setUp();
  const status = async (...given: Parameters<typeof logs>) => (await logs(...given)).status;
  expect(await status([{ message: "{}" }])).toBe(202);
  expect(await status({ message: "hello" })).toBe(202);
  expect(await status([], "")).toBe(401);
  expect(await status([], "wrong")).toBe(403);
  expect(await status("[")).toBe(400);
  expect(await status([{ text: "x" }])).toBe(400);
  expect(await status([{ message: "x".repeat(5_000_000) }])).toBe(413);
  siem.world.isDatadogKeyValid = false;
  expect(await status([])).toBe(403);
});

assumed("Datadog takes a thousand logs, and drops what says that it is old", async () => {
  const { siem, logs, transport } = setUp();
  const many = Array.from({ length: 1_001 }, () => ({ message: "1" }));
  expect((await logs(many)).status).toBe(413);
  const hours = (count: number) => transport.now() - count * 3_600_000;
  await logs([
    { message: "x", timestamp: hours(19) },
    { message: "x", timestamp: hours(17) },
  ]);
  expect([siem.world.dropped, siem.world.events.length]).toEqual([1, 1]);
});

const everything = Object.values(told).flatMap((found) => ocsfEvents(found, declarations));

test.each(["splunk", "datadog"] as const)(
  "%s: our own client hands over events that keep to the schema, over HTTP and without",
  async (kind: SiemKind) => {
    const siem = await startSiem();
    started.push(siem);
    const { SIEM_URL: url, SIEM_KIND } = siem.environment(kind);
    expect(SIEM_KIND).toBe(kind);
    const { transport } = virtualTime();
    for (const connect of [fetchConnection, siem.connect]) {
      const api = siemApiOver(connect, { kind, url, token: new Secret(siem.token(kind)) }, transport);
      await api.send(everything);
    }
    expect(siem.world.events).toHaveLength(everything.length * 2);
    expect(siem.world.distinct().map(({ event }) => event)).toEqual(
      everything.filter(
        ({ metadata }, index) =>
          everything.findIndex((other) => other.metadata.uid === metadata.uid) === index,
      ),
    );
    expect(siem.world.violations()).toEqual([]);
    expect(siem.world.events.every(({ via }) => via === kind)).toBe(true);
  },
);

test("faults come on demand, and nothing is lost by them", async () => {
  const { siem, transport } = setUp();
  const api = siemApiOver(
    siem.connect,
    { kind: "splunk", url: "http://127.0.0.1", token: new Secret(siem.token("splunk")) },
    transport,
  );
  siem.faults.add({ fault: { kind: "status", status: 503 }, times: 1 });
  siem.faults.add({ fault: { kind: "dropAfter" }, skip: 1, times: 1 });
  await api.send(everything.slice(0, 2));
  expect(siem.world.distinct()).toHaveLength(2);
  expect(siem.world.events.length).toBeGreaterThanOrEqual(2);
  siem.faults.add({ fault: { kind: "status", status: 500 } });
  await expect(api.send(everything.slice(0, 1))).rejects.toMatchObject({ code: "ambiguous-outcome" });
});

test("a path that is no intake is told from one that is", async () => {
  const { siem, transport } = setUp();
  const outcome = await siem.responder.respond({
    method: "POST",
    path: "/services/collector/raw",
    query: new URLSearchParams(),
    headers: {},
    text: "",
    sourceAddress: "127.0.0.1",
  });
  expect(outcome).toMatchObject({ status: 404 });
  expect(transport.now()).toBeGreaterThan(0);
});
