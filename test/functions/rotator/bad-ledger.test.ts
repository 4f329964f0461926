/** A ledger that is empty, damaged or old, and a platform that disagrees with it. */
import { addForgotten, begin, step, sweep } from "./hands.ts";
import { deployedWorld } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

describe("ledger and platform", () => {
  test("a client made inactive by hand while it is pending is mended", async () => {
    const world = await deployedWorld();
    const version = world.newVersionId();
    await begin(world, version);
    await step(world, "createSecret", version);
    const made = world.value("crm", "AWSPENDING")?.clientId ?? "";
    world.genesys.world.clients.edit(made, { state: "inactive", name: "Renamed" });
    for (const name of ["setSecret", "testSecret", "finishSecret"]) await step(world, name, version);
    expect(world.value("crm")?.clientId).toBe(made);
    expect(world.genesys.world.clients.get(made)).toMatchObject({ state: "active", name: "Client of crm" });
  });

  test("an empty ledger neither breaks a rotation nor leads to a deletion", async () => {
    const world = await deployedWorld();
    world.areSchedulesLost = true;
    await world.rotate("crm");
    addForgotten(world);
    for (const each of ["crm", "master"]) world.setRecord(each, undefined);
    const before = world.clientsOf("crm");
    await world.live(3 * day);
    expect(await sweep(world)).toMatchObject({ orphans: 1, deleted: 0 });
    expect(world.clientsOf("crm")).toEqual(before);
    world.areSchedulesLost = false;
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    // By now the ledger knows again what it knew.
    await world.live(3 * day);
    await sweep(world);
    await world.live(day);
    expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
  });

  test("an unreadable ledger leads to no deletion", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const { id } = addForgotten(world);
    await world.live(3 * day);
    world.interference = {
      before: ({ operation }) => {
        if (operation === "all") throw new Error("Scan was refused.");
      },
    };
    expect(await sweep(world)).toMatchObject({ orphans: 1, deleted: 0 });
    expect(world.clientsOf("crm")).toHaveProperty(id, "active");
    world.interference = {};
    expect(await sweep(world)).toMatchObject({ orphans: 1, deleted: 1 });
    expect(world.clientsOf("crm")).not.toHaveProperty(id);
  });

  test.each([
    ["nonsense", "what?"],
    ["a half record", { intents: 7, generations: [{ clientId: 1 }] }],
  ])("a ledger with %s is reported and made again", async (_, nonsense) => {
    const world = await deployedWorld();
    world.setRecord("crm", nonsense);
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(world.record("crm").state).toBe("known");
    world.setRecord("crm", nonsense);
    expect((await sweep(world)).reports).toEqual([
      "crm: its record in the ledger was damaged and is made again.",
    ]);
    expect(world.record("crm")).toMatchObject({ state: "known", record: { generations: [{}, {}] } });
  });

  test("a record that cannot be read at all is made again, and nobody is left with its lease", async () => {
    const world = await deployedWorld();
    world.setRecordText("crm", "{");
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(world.record("crm").state).toBe("known");
    expect(world.aws.ledgerTable.get("credential#crm")).not.toHaveProperty("holder");
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("a ledger restored from a backup retires nothing that is in service, and nothing before its time", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const backup = world.record("crm").record;
    await world.live(7 * day);
    await world.rotate("crm");
    const [previous, current] = [world.value("crm", "AWSPREVIOUS"), world.value("crm")];
    world.setRecord("crm", backup);
    await sweep(world);
    await world.live(hour);
    expect(world.clientsOf("crm")).toEqual({
      [previous?.clientId ?? ""]: "active",
      [current?.clientId ?? ""]: "active",
    });
    await world.live(3 * day);
    await sweep(world);
    expect(world.failures).toEqual([]);
    expect(world.clientsOf("crm")).toEqual({ [current?.clientId ?? ""]: "active" });
  });

  test("a backup that thinks the current generation superseded does not retire it", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const { clientId = "" } = world.value("crm") ?? {};
    const { record } = world.record("crm");
    const generations = record.generations.map((each) => ({ ...each, phase: "draining", supersededAt: 1 }));
    world.setRecord("crm", { ...record, generations });
    await world.invoke("retire", { credentialId: "crm", clientId });
    await sweep(world);
    await world.live(3 * day);
    expect(world.clientsOf("crm")).toEqual({ [clientId]: "active" });
  });
});
