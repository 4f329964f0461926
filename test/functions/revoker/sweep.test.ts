import { LeakWorld } from "./world.ts";

const minute = 60;

describe("the sweep", () => {
  test("has a webhook delivered again that was lost", async () => {
    const world = new LeakWorld({ isScheduled: true });
    world.github.world.setMishaps(({ redelivery }) =>
      redelivery ? undefined : { kind: "lost", recorded: true },
    );
    const leaked = world.value("crm");
    world.push(leaked);
    await world.pass(12 * minute);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.metric("SweeperFinds").some((finds) => finds > 0)).toBe(true);
  });

  test("finds an alert whose webhook nobody recorded as lost", async () => {
    const world = new LeakWorld({ isScheduled: true });
    world.github.world.setMishaps(() => ({ kind: "lost", recorded: false }));
    const leaked = world.value("crm");
    world.push(leaked);
    await world.pass(12 * minute);
    expect(await world.logsIn(leaked)).toBe(false);
  });

  test("goes on where GitHub does not let it ask for webhooks", async () => {
    const world = new LeakWorld({ isScheduled: true });
    world.mishap = ({ operation }) =>
      operation.includes("/hooks/") ? { kind: "status", status: 500 } : undefined;
    world.github.world.setMishaps(() => ({ kind: "lost", recorded: true }));
    const leaked = world.value("crm");
    world.push(leaked);
    await world.pass(20 * minute);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.metric("SweepFailures").length).toBeGreaterThan(0);
  });

  test("has a case worked on again that was left half done", async () => {
    const world = new LeakWorld({ isScheduled: true });
    const leaked = world.value("crm");
    let deaths = 0;
    // Longer than the queue tries.
    world.mishap = ({ functionName, operation }) =>
      functionName === "revoke" && operation === "put" && deaths++ < 7 ? { kind: "crashBefore" } : undefined;
    const alert = world.push(leaked);
    await world.pass(3 * 3600);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    expect(world.case(alert)?.closedAt).toBeDefined();
  });

  test("has a case reported whose report was never sent", async () => {
    const world = new LeakWorld({ isScheduled: true });
    const leaked = world.value("crm");
    let isFirst = true;
    world.mishap = (call) => {
      if (call.port !== "reports" || !isFirst) return undefined;
      isFirst = false;
      return { kind: "crashBefore" };
    };
    const alert = world.push(leaked);
    await world.pass(12 * minute);
    expect(world.case(alert)?.closedAt).toBeDefined();
    expect(world.said()).toEqual(["security", "dev"]);
  });

  test("leaves alone what is accounted for", async () => {
    const world = new LeakWorld({ isScheduled: true });
    world.push(world.value("crm"));
    world.push(world.pairOf("backup"));
    await world.pass(12 * minute);
    const { length } = world.invocations.filter(({ name }) => name === "revoke" || name === "report");
    const said = world.said().length;
    await world.pass(12 * 3600);
    expect(world.invocations.filter(({ name }) => name === "revoke" || name === "report")).toHaveLength(
      length,
    );
    expect(world.said()).toHaveLength(said);
    expect(world.metric("SweeperFinds").at(-1)).toBe(0);
  });
});
