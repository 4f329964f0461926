/** What goes wrong outside of us, one test for each: a rotation either works, or refuses and leaves everything as it was. */
import { withMarker } from "../../../core/marker.ts";
import { formatSecretValue } from "../../../core/rotation/secret-value.ts";
import type { ReconcileReport } from "../../../functions/rotator/reconcile.ts";
import { issued } from "../../../sandbox/secrecy/issued.ts";
import { deployedWorld, type World } from "./world.ts";

const hour = 3600;
const day = 24 * hour;

const sweep = (world: World) => world.invoke("reconcile", {}) as Promise<ReconcileReport>;

/** What the failures of functions say, in order. */
const failures = (world: World): string[] => world.failures.map((error) => String(error));

const codes = (world: World): unknown[] => world.failures.map((error) => (error as { code?: unknown }).code);

const step = (world: World, name: string, versionId: string, id = "crm") =>
  world.invoke("rotate", {
    Step: name,
    SecretId: world.credential(id).secretArn,
    ClientRequestToken: versionId,
  });

describe("the secret", () => {
  test("scheduled for deletion: nothing is made, nothing is deleted, a sweep says what to do", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const before = world.clientsOf("crm");
    world.aws.secretsManager.deleteSecret({ SecretId: world.credential("crm").secretArn });
    await expect(step(world, "createSecret", world.newVersionId())).rejects.toMatchObject({
      code: "secret-deleted",
    });
    await world.live(2 * day);
    expect(await sweep(world)).toMatchObject({
      reports: [
        "crm: its secret is scheduled for deletion. Restore it, or remove the credential from the stack.",
      ],
      deleted: 0,
    });
    expect(world.clientsOf("crm")).toEqual(before);

    world.aws.secretsManager.restoreSecret({ SecretId: world.credential("crm").secretArn });
    await sweep(world);
    await world.live(day);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
  });

  test("gone for good: the other credentials are looked after all the same", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const before = world.clientsOf("crm");
    world.aws.secretsManager.deleteSecret({
      SecretId: world.credential("crm").secretArn,
      ForceDeleteWithoutRecovery: true,
    });
    await world.rotate("master");
    await world.live(2 * day);
    await expect(sweep(world)).rejects.toThrow("1 credentials could not be reconciled");
    expect(world.clientsOf("crm")).toEqual(before);
    expect(Object.values(world.clientsOf("master"))).toEqual(["active"]);
  });

  test("current value edited by hand: the rotation supersedes it, and its own client is drained", async () => {
    const world = await deployedWorld();
    world.edit("crm", "a note that somebody left");
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    await sweep(world);
    await world.live(3 * day);
    await sweep(world);
    expect(Object.keys(world.clientsOf("crm"))).toContain(world.value("crm")?.clientId);
  });

  test("current value that names another's client: that client is left alone", async () => {
    const world = await deployedWorld();
    const stranger = world.genesys.world.addClient({ name: "Stranger" });
    world.edit(
      "crm",
      formatSecretValue({ clientId: stranger.id, clientSecret: stranger.secret, region: "us-east-1" }),
    );
    expect((await sweep(world)).reports).toEqual([
      expect.stringContaining("names a client that is none of its own"),
    ]);
    await world.rotate("crm");
    await world.live(3 * day);
    await sweep(world);
    expect(world.failures).toEqual([]);
    expect(world.genesys.world.clients.get(stranger.id)).toEqual(stranger);
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("current value of the master edited by hand: its previous one serves until it has replaced itself", async () => {
    const world = await deployedWorld();
    world.edit("master", "oops");
    await world.rotate("crm");
    await world.rotate("master");
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(await world.logsIn("master")).toBe(true);
  });

  test.each([
    ["is no credential", () => "somebody's note"],
    [
      "names another client",
      (world: World) =>
        world.aws.secretsManager.getSecretValue({ SecretId: world.credential("master").secretArn })
          .SecretString ?? "",
    ],
    [
      "has a wrong secret",
      (world: World) => {
        const value = world.value("crm", "AWSPENDING");
        return formatSecretValue({
          clientId: value?.clientId ?? "",
          region: "us-east-1",
          clientSecret: issued("edited-by-a-hand-at-night"),
        });
      },
    ],
  ])("a pending value that %s never becomes current", async (_, edited) => {
    const world = await deployedWorld();
    const before = world.value("crm");
    const version = world.newVersionId();
    world.aws.secretsManager.store.find(world.credential("crm").secretArn);
    await begin(world, version);
    await step(world, "createSecret", version);
    await step(world, "setSecret", version);
    damage(world, version, edited(world));
    await expect(step(world, "testSecret", version)).rejects.toThrow();
    await step(world, "finishSecret", version).catch(() => undefined);
    expect(world.value("crm")).toEqual(before);
    expect(await world.logsIn("crm")).toBe(true);
  });
});

/** The version gets its label, as when a rotation begins, and nothing calls the function. */
const begin = async (world: World, versionId: string): Promise<void> => {
  const { secretArn } = world.credential("crm");
  const function_ = world.functions.rotate;
  world.functions.rotate = async () => {
    throw new Error("not yet");
  };
  world.aws.secretsManager.rotateSecret({ SecretId: secretArn, ClientRequestToken: versionId });
  await world.aws.runDue();
  world.aws.secretsManager.store.find(secretArn).callOff?.();
  world.functions.rotate = function_;
  world.failures.length = 0;
};

const damage = (world: World, versionId: string, value: string): void => {
  const version = world.aws.secretsManager.store
    .find(world.credential("crm").secretArn)
    .versions.get(versionId);
  if (version !== undefined) version.value = value;
};

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

/** A client with the marker of `crm` that nothing knows. */
const addForgotten = (world: World, prefix = world.credential("crm").owner) => {
  const { world: organisation } = world.genesys;
  return organisation.addClient({
    name: "Forgotten",
    description: withMarker(undefined, prefix, "forgotten"),
    grants: [organisation.grant(organisation.roleNamed("CRM")?.id ?? "", "*")],
  });
};

test("a second stack in the same organisation is not touched, even under the same logical name", async () => {
  const world = await deployedWorld();
  const others = ["guard:acme/guard/staging/crm~0badcafe", "guard:other/guard/prod/crm~0badcafe"];
  const clients = others.map((prefix) => addForgotten(world, prefix));
  await world.rotate("crm");
  await world.live(3 * day);
  expect(await sweep(world)).toMatchObject({ orphans: 0, deleted: 0, reports: [] });
  for (const client of clients) expect(world.genesys.world.clients.get(client.id)).toEqual(client);
});

describe("a generation deleted by hand", () => {
  test("the current one: the next sweep has it replaced", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    world.genesys.world.deleteClient(world.value("crm")?.clientId ?? "");
    expect(await sweep(world)).toMatchObject({ rotations: ["crm"] });
    expect(messages(world)).toEqual([
      { credentialId: "crm", reason: "its current client is gone from the platform", contain: false },
    ]);
    await answerEmergencies(world);
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(await sweep(world)).toMatchObject({ rotations: [] });
  });

  test("the pending one: the rotation is given up, and the next one succeeds", async () => {
    const world = await deployedWorld();
    const version = world.newVersionId();
    await begin(world, version);
    await step(world, "createSecret", version);
    world.genesys.world.deleteClient(world.value("crm", "AWSPENDING")?.clientId ?? "");
    await expect(step(world, "setSecret", version)).rejects.toMatchObject({ code: "pending-abandoned" });
    expect(world.stages("crm")).not.toHaveProperty("AWSPENDING");
    expect(await world.logsIn("crm")).toBe(true);
    world.failures.length = 0;
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
    await world.live(3 * day);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
    expect(world.record("crm").record.generations).toHaveLength(1);
  });

  test("an old one: its retirement is done", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    await world.rotate("crm");
    world.genesys.world.deleteClient(clientId);
    await world.live(day);
    expect(world.failures).toEqual([]);
    expect(world.record("crm").record.generations).toMatchObject([{ phase: "live" }]);
  });
});

const messages = (world: World): unknown[] =>
  world.aws.emergencyQueue.messages.map(({ body }) => JSON.parse(body));

const answerEmergencies = async (world: World): Promise<void> => {
  const received = world.aws.emergencyQueue.receive({ maximum: 10 });
  await world.invoke("emergency", {
    Records: received.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body })),
  });
  await world.aws.runDue();
};

test.each([-300, 300])("a function whose clock is off by %d s takes nobody's time away", async (skew) => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const { clientId = "" } = world.value("crm", "AWSPREVIOUS") ?? {};
  const supersededAt = world.now;
  world.skewSeconds = skew;
  await world.live(900 + 3600 - 1);
  expect(world.now - supersededAt).toBeLessThan((900 + 3600) * 1000);
  expect(world.clientsOf("crm")).toHaveProperty(clientId, "active");
  await world.live(2 * hour);
  expect(world.clientsOf("crm")).not.toHaveProperty(clientId);
});

describe("the quota", () => {
  const full = (clientQuota: number) => deployedWorld({ genesys: { clientQuota } });

  test("reached by others in mid-rotation: the platform's refusal leaves the current credential as it is", async () => {
    const world = await deployedWorld({ genesys: { clientQuota: 40 } });
    await world.rotate("crm");
    const before = world.value("crm");
    // The function remembers a count that left plenty of room.
    for (let i = world.genesys.world.clients.size; i < 40; i += 1)
      world.genesys.world.addClient({ name: `Other ${i}` });
    await world.rotate("crm");
    expect(codes(world)).toEqual(["quota-reached"]);
    expect(world.value("crm")).toEqual(before);
    expect(world.record("crm").record.intents).toEqual([]);

    for (const { id } of world.genesys.world.clients.all().slice(-20)) world.genesys.world.deleteClient(id);
    await world.live(hour);
    expect(world.value("crm")).not.toEqual(before);
  });

  test("nearly reached: we refuse before the platform does", async () => {
    const world = await full(13);
    const before = world.clientsOf("crm");
    await world.rotate("crm");
    expect(failures(world)).toEqual([
      expect.stringContaining(
        "the organisation has 3 OAuth clients and may have 13, of which 10 are kept free",
      ),
    ]);
    expect(world.clientsOf("crm")).toEqual(before);
    expect(world.ports.metrics.emitted).toContainEqual({
      name: "QuotaHeadroom",
      value: 10,
      unit: "Count",
      dimensions: {},
    });
  });

  test("with room for one beside the reserve: it is made", async () => {
    const world = await full(14);
    await world.rotate("crm");
    expect(world.failures).toEqual([]);
  });

  test("nearly reached in an emergency: the reserve is there for that", async () => {
    const world = await full(13);
    await world.invoke("emergency", {
      Records: [
        { messageId: world.newVersionId(), body: JSON.stringify({ credentialId: "crm", reason: "leak" }) },
      ],
    });
    await world.aws.runDue();
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("crm")).toBe(true);
    expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
  });
});

describe("a revoked master", () => {
  test("is told with what the operator does, and nothing is changed", async () => {
    const world = await deployedWorld();
    world.genesys.world.clients.edit(world.value("master")?.clientId ?? "", { state: "disabled" });
    world.restart();
    await world.rotate("crm");
    expect(failures(world)).toEqual([
      expect.stringMatching(
        /The platform refuses the credential master.*Run `pulumi up` with the deploy key.*nothing is rotated, and nothing is deleted/,
      ),
    ]);
    await expect(sweep(world)).rejects.toMatchObject({ code: "login-refused" });
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("of which the previous generation still works, is replaced by that", async () => {
    const world = await deployedWorld();
    await world.rotate("master");
    world.genesys.world.deleteClient(world.value("master")?.clientId ?? "");
    world.restart();
    expect(await sweep(world)).toMatchObject({ rotations: ["master"] });
    await answerEmergencies(world);
    expect(world.failures).toEqual([]);
    expect(await world.logsIn("master")).toBe(true);
  });
});

test("an unknown rotation token is refused, before anything is made", async () => {
  const world = await deployedWorld();
  await world.rotate("crm");
  const before = [world.clientsOf("crm"), world.stages("crm")];
  for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
    await expect(step(world, name, world.newVersionId())).rejects.toMatchObject({ code: "unknown-version" });
  const { AWSPREVIOUS = "" } = world.stages("crm");
  await expect(step(world, "createSecret", AWSPREVIOUS)).rejects.toMatchObject({ code: "not-pending" });
  expect([world.clientsOf("crm"), world.stages("crm")]).toEqual(before);
});

describe("a rotation started twice", () => {
  test("at once, by two calls: one client is made", async () => {
    const world = await deployedWorld();
    const version = world.newVersionId();
    await begin(world, version);
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
      // The one that finds the credential in other hands waits or is told so, and comes again.
      await Promise.allSettled([step(world, name, version), step(world, name, version)]);
      await step(world, name, version);
      expect(Object.keys(world.clientsOf("crm"))).toHaveLength(2);
    }
    expect(new Set(codes(world))).toEqual(new Set(["busy"]));
    expect(world.stages("crm")).toMatchObject({ AWSCURRENT: version });
    expect(await world.logsIn("crm")).toBe(true);
  });

  test("after it is done: nothing happens any more", async () => {
    const world = await deployedWorld();
    const version = await world.rotate("crm");
    const before = [world.clientsOf("crm"), world.stages("crm"), world.record("crm")];
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
      await step(world, name, version);
    expect([world.clientsOf("crm"), world.stages("crm"), world.record("crm")]).toEqual(before);
  });

  test("under another token while one is stuck: what the first made is not lost", async () => {
    const world = await deployedWorld();
    const [first, second] = [world.newVersionId(), world.newVersionId()];
    await begin(world, first);
    await step(world, "createSecret", first);
    const stuck = world.value("crm", "AWSPENDING")?.clientId ?? "";
    const { secretArn } = world.credential("crm");
    world.aws.secretsManager.updateSecretVersionStage({
      SecretId: secretArn,
      VersionStage: "AWSPENDING",
      RemoveFromVersionId: first,
    });
    await begin(world, second);
    for (const name of ["createSecret", "setSecret", "testSecret", "finishSecret"])
      await step(world, name, second);
    expect(world.stages("crm")).toMatchObject({ AWSCURRENT: second });
    expect(world.record("crm").record.generations).toContainEqual(
      expect.objectContaining({ clientId: stuck, phase: "draining" }),
    );
    await world.live(day);
    expect(world.clientsOf("crm")).toEqual({ [world.value("crm")?.clientId ?? ""]: "active" });
  });
});

describe("a retirement", () => {
  test("that arrives twice, or for a client that is in service, changes nothing", async () => {
    const world = await deployedWorld();
    await world.rotate("crm");
    const [current, old] = [world.value("crm"), world.value("crm", "AWSPREVIOUS")];
    for (const clientId of [current?.clientId, old?.clientId, old?.clientId])
      await world.invoke("retire", { credentialId: "crm", clientId });
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
    await world.live(6000);
    world.isEverythingDeliveredTwice = true;
    await world.live(day);
    expect(world.failures).toEqual([]);
    expect(world.clientsOf("crm")).toEqual({ [current?.clientId ?? ""]: "active" });
  });

  test("that never arrives is made up for by a sweep", async () => {
    const world = await deployedWorld();
    world.areSchedulesLost = true;
    await world.rotate("crm");
    await world.live(12 * hour);
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active", "active"]);
    for (let i = 0; i < 4; i += 1) {
      await sweep(world);
      await world.live(hour);
    }
    expect(Object.values(world.clientsOf("crm"))).toEqual(["active"]);
  });

  test("that arrives long after the ledger was lost begins anew", async () => {
    const world = await deployedWorld();
    const { clientId = "" } = world.value("crm") ?? {};
    world.areSchedulesLost = true;
    await world.rotate("crm");
    await world.live(3 * day);
    world.setRecord("crm", undefined);
    world.areSchedulesLost = false;
    await world.invoke("retire", { credentialId: "crm", clientId });
    expect(world.clientsOf("crm")).toHaveProperty(clientId, "active");
    await world.live(day);
    expect(world.clientsOf("crm")).not.toHaveProperty(clientId);
  });

  test("of somebody else's client, or of a credential that is not declared, is left alone", async () => {
    const world = await deployedWorld();
    const stranger = world.genesys.world.addClient({ name: "Stranger" });
    await world.invoke("retire", { credentialId: "crm", clientId: stranger.id });
    await world.invoke("retire", { credentialId: "gone", clientId: stranger.id });
    await world.live(3 * day);
    expect(world.genesys.world.clients.get(stranger.id)).toEqual(stranger);
    expect(world.record("crm").record.generations).toEqual([]);
  });
});

test.each([
  undefined,
  "text",
  {},
  { Step: "createSecret" },
  { Step: "x", SecretId: "a", ClientRequestToken: "b" },
])("an event that is none (%j) is refused", async (event) => {
  const world = await deployedWorld();
  for (const name of ["rotate", "retire", "emergency"] as const)
    await expect(world.invoke(name, event)).rejects.toMatchObject({ code: "bad-event" });
});

test("the secret of another stack is refused", async () => {
  const world = await deployedWorld();
  const SecretId = world.aws.createRotatedSecret("rotated/other");
  const event = { Step: "createSecret", SecretId, ClientRequestToken: world.newVersionId() };
  await expect(world.invoke("rotate", event)).rejects.toMatchObject({ code: "unknown-credential" });
});
