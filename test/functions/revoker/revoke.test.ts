import { LeakWorld } from "./world.ts";

describe("a live secret of a credential in use", () => {
  test("is replaced, then dead, and everybody is told", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    const current = world.value("crm");
    expect(current.clientId).not.toBe(leaked.clientId);
    expect(await world.logsIn(current)).toBe(true);
    expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
    expect(world.chat.posts.map(({ channel }) => channel)).toEqual(["C0SECURITY", "U0DEV"]);
    expect(world.siem.world.events.length).toBe(2);
    expect(world.case(alert)).toMatchObject({
      containment: "secretReset",
      action: { kind: "replaceAndContain" },
    });
  });
});
