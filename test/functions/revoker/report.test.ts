import { LeakWorld, type WorldOptions } from "./world.ts";

const hour = 3600;

const leak = async (
  options: WorldOptions = {},
  change: (world: LeakWorld) => void = () => {},
  push: object = {},
) => {
  const world = new LeakWorld(options);
  change(world);
  const leaked = world.value("crm");
  const alert = world.push(leaked, push);
  await world.pass(60);
  return { world, leaked, alert };
};

describe("what is said of a leak", () => {
  test("goes to the committer by the address of the commit where the map does not know them", async () => {
    const { world } = await leak({}, (world) => world.slack.world.addUser("grace", "grace@acme.example"), {
      login: "gh-grace",
      email: "grace@acme.example",
    });
    expect(world.said()).toEqual(["security", "grace"]);
  });

  test("goes to the developers' channel where nobody knows the committer", async () => {
    const { world } = await leak({}, () => {}, { login: "stranger", email: "nobody@elsewhere.example" });
    expect(world.said()).toEqual(["security", "developers"]);
  });

  test("asks Slack for no address that GitHub made up", async () => {
    const { world } = await leak({}, () => {}, { login: "hidden" });
    expect(world.said()).toEqual(["security", "developers"]);
    expect(world.slack.calls.all.some(({ route }) => route === "/users.lookupByEmail")).toBe(false);
  });

  test("goes to the developers' channel where the committer has left Slack", async () => {
    const { world } = await leak({}, (given) => {
      const user = given.slack.world.userByEmail("dev@acme.example");
      if (user !== undefined) user.isDeactivated = true;
    });
    expect(world.said()).toEqual(["security", "developers"]);
  });

  test("asks security to close the alert by hand where GitHub does not let us", async () => {
    const { world, alert } = await leak({}, (given) =>
      given.github.world.delegateDismissal("example-org/reports", ["security-lead"]),
    );
    expect(world.alertState(alert).state).toBe("open");
    expect(JSON.stringify(world.slack.world.messages)).toContain("close it by hand");
    expect(world.case(alert)?.closedAt).toBeDefined();
  });

  test("does not depend on GitHub taking our verdict", async () => {
    const { world, alert } = await leak({ github: { switches: { takesOwnValidity: true } } });
    expect(world.github.world.findAlert(alert.repository, alert.number)?.validity).toBe("inactive");
    expect(world.case(alert)?.closedAt).toBeDefined();
  });
});

describe("a follow-up that fails", () => {
  test.each([
    ["siem", "siem"],
    ["github", "resolve"],
    ["slack", "notify"],
  ] as const)("for an hour, as %s, is tried again on its own and undoes nothing", async (port, followUp) => {
    const world = new LeakWorld({ isScheduled: true });
    const leaked = world.value("crm");
    let isDown = true;
    world.mishap = (call) =>
      isDown && call.functionName === "report" && call.port === port
        ? { kind: "status", status: 503 }
        : undefined;
    const alert = world.push(leaked);
    await world.pass(hour);
    expect(await world.logsIn(leaked)).toBe(false);
    const others = Object.entries(world.case(alert)?.followUps ?? {}).filter(([name]) => name !== followUp);
    expect(others.every(([, { doneAt }]) => doneAt !== undefined)).toBe(true);
    expect(world.case(alert)?.followUps[followUp]?.failures).toBeGreaterThan(1);
    expect(world.metric("ReportFailures").length).toBeGreaterThan(1);
    isDown = false;
    await world.pass(hour);
    expect(world.case(alert)?.closedAt).toBeDefined();
    expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
    expect(world.said()).toEqual(["security", "dev"]);
    expect(world.siem.world.distinct()).toHaveLength(2);
    expect(world.metric("Containments")).toEqual([1]);
  });

  test("for one of those who are told is tried again for that one alone", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    world.leak.slack.securityChannel;
    const security = world.slack.world.channel("security");
    if (security !== undefined) security.isArchived = true;
    world.push(leaked);
    await world.pass(60);
    expect(world.said()).toEqual(["dev"]);
    if (security !== undefined) security.isArchived = false;
    await world.pass(2 * hour);
    expect(world.said()).toEqual(["dev", "security"]);
  });
});

test.each(["crashBefore", "crashAfter"] as const)(
  "a case is reported as a whole, wherever the function dies: %s",
  async (kind) => {
    const quiet = await leak();
    const calls = quiet.world.calls.filter(({ functionName }) => functionName === "report").length;
    expect(calls).toBeGreaterThan(8);
    for (let point = 0; point < calls; point += 1) {
      let count = 0;
      const { world, alert } = await leak({
        mishap: ({ functionName }) => (functionName === "report" && count++ === point ? { kind } : undefined),
      });
      await world.pass(1_200);
      expect(world.case(alert)?.closedAt).toBeDefined();
      expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
      expect(world.siem.world.distinct()).toHaveLength(2);
      expect(new Set(world.said())).toEqual(new Set(["security", "dev"]));
      expect(world.said().length).toBeLessThanOrEqual(4);
    }
  },
);
