import { marker, readMarker } from "../../../../core/marker.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { owner, type RotatedWorld, startRotated } from "./rotated-world.ts";

const route = "/api/v2/oauth/clients";

let the: RotatedWorld;
beforeEach(async () => {
  the = await startRotated();
});
afterEach(() => the.close());

const tokens = () => the.generations().map(({ description }) => readMarker(description)?.token);
const client = (id: string) => the.world.clients.get(id);

test("reaches every living generation, and each keeps its token and its secret", async () => {
  const resource = await the.deployed();
  const first = the.rotate();
  const second = the.rotate();
  const before = the.generations();
  const marked = tokens();
  await resource.up(
    the.host(),
    the.declare({ name: "CRM Sync", description: "Reads", accessTokenValiditySeconds: 300 }),
  );
  expect(the.generations()).toHaveLength(3);
  for (const id of [first, second, the.current().id]) {
    expect(client(id)).toMatchObject({ name: "CRM Sync", accessTokenValiditySeconds: 300 });
    expect(client(id)?.description).toMatch(/^Reads guard:/);
    expect(client(id)?.secret).toBe(before.find((each) => each.id === id)?.secret);
  }
  expect(tokens()).toEqual(marked);
  expect(resource.state?.outputs).toMatchObject({ name: "CRM Sync", accessTokenValiditySeconds: 300 });
  expect(the.isLeased()).toBe(false);
});

test("leaves alone what is retired, and what is not the credential's", async () => {
  const resource = await the.deployed();
  const retired = the.rotate();
  the.world.clients.edit(retired, { state: "inactive", dateToDelete: the.world.inSevenDays() });
  const disabled = the.rotate();
  the.world.clients.edit(disabled, { state: "disabled" });
  const stranger = the.world.addClient({
    name: "ERP",
    description: "guard:acme/credentials/prod/erp~0a1b2c3d#1",
  });
  const before = [retired, disabled, stranger.id].map(client);
  await resource.up(the.host(), the.declare({ name: "CRM Sync" }));
  expect([retired, disabled, stranger.id].map(client)).toEqual(before);
  expect(the.current().name).toBe("CRM Sync");
});

test("reaches what the platform's list does not show, by what the secret and the ledger name", async () => {
  for (let i = 0; i < 25; i += 1) the.world.addClient({ name: `Other ${i}` });
  the.organisation.switches.clientList = "firstPage";
  const resource = await the.deployed();
  const first = the.rotate();
  const second = the.rotate();
  // The first is named by no version any more; the ledger knows it.
  expect(the.record().generations).toMatchObject([{ clientId: first }]);
  await resource.up(the.host(), the.declare({ name: "CRM Sync" }));
  for (const id of [first, second, the.current().id]) expect(client(id)?.name).toBe("CRM Sync");
  await resource.refresh(the.host());
  expect(await resource.changes(the.host(), the.declare({ name: "CRM Sync" }))).toBe(false);
});

test("keeps the date on which the platform is to delete an old generation", async () => {
  the.organisation.switches.dateToDeleteNeedsInactive = false;
  const resource = await the.deployed();
  const old = the.rotate();
  const dateToDelete = the.world.inSevenDays();
  the.world.clients.edit(old, { dateToDelete });
  await resource.up(the.host(), the.declare({ name: "CRM Sync" }));
  expect(client(old)).toMatchObject({ name: "CRM Sync", dateToDelete });
  expect(await resource.changes(the.host(), the.declare({ name: "CRM Sync" }))).toBe(false);
});

test.each([
  ["an interval", { rotationIntervalHours: 24 }],
  ["a strategy", { strategy: "inPlace" }],
  ["a ledger", { ledgerTable: "another" }],
])("changes %s without a call", async (_what, args) => {
  const resource = await the.deployed();
  const host = the.host();
  the.organisation.calls.reset();
  the.aws.calls.reset();
  await resource.up(host, the.declare(args));
  expect([the.organisation.calls.count(), the.aws.calls.count()]).toEqual([0, 0]);
  expect(resource.state?.outputs).toMatchObject(args);
  expect(await resource.changes(the.host(), the.declare(args))).toBe(false);
});

test("notes how long the tokens live that are out there, when new ones are to live shorter", async () => {
  const resource = await the.deployed({ accessTokenValiditySeconds: 86_400 });
  await resource.up(the.host(), the.declare({ accessTokenValiditySeconds: 3600 }));
  expect(the.record().generations).toMatchObject([{ tokenLifetimeSeconds: 86_400 }]);
  await resource.up(the.host(), the.declare({ accessTokenValiditySeconds: 300 }));
  expect(the.record().generations).toMatchObject([{ tokenLifetimeSeconds: 86_400 }]);
  the.table.restore();
  await resource.up(the.host(), the.declare({ accessTokenValiditySeconds: 600 }));
  expect(the.record().generations).toEqual([]);
  the.rotate();
  await resource.up(the.host(), the.declare({ accessTokenValiditySeconds: 300 }));
  expect(the.record().generations).toMatchObject([
    { clientId: the.current().id, phase: "live", tokenLifetimeSeconds: 600 },
  ]);
});

test("a ledger that cannot be read stops nothing", async () => {
  const resource = await the.deployed();
  the.table.write("credential#crm", (item) => ({ ...item, record: { S: "{" } }));
  await resource.up(the.host(), the.declare({ name: "CRM Sync" }));
  expect(the.current().name).toBe("CRM Sync");
});

describe("where no current generation lives", () => {
  const repaired = async (resource: Awaited<ReturnType<RotatedWorld["deployed"]>>) => {
    await resource.refresh(the.host());
    expect(resource.state?.outputs.repair).toContain("current");
    await resource.up(the.host(), the.declare());
    expect(resource.state?.outputs.repair).toBeUndefined();
    expect(await the.works()).toBe(true);
    expect(await resource.changes(the.host(), the.declare())).toBe(false);
  };

  test("because it was deleted by hand, makes another", async () => {
    const resource = await the.deployed();
    the.world.deleteClient(the.current().id);
    await repaired(resource);
    expect(the.generations()).toHaveLength(1);
    // The marker's token stands for one version of the secret, and that exists.
    expect(tokens()).not.toEqual([resource.state?.inputs.token]);
  });

  test("because it was retired by hand, makes another and does not wake that one", async () => {
    const resource = await the.deployed();
    const { id } = the.current();
    the.world.clients.edit(id, { state: "inactive" });
    await repaired(resource);
    expect(client(id)?.state).toBe("inactive");
    expect(the.current().id).not.toBe(id);
  });

  test("an old generation that is still used keeps its secret", async () => {
    the.organisation.switches.usageDelaySeconds = 0;
    const resource = await the.deployed();
    const old = the.rotate();
    the.rotate();
    the.rotate();
    the.world.usage.record({ clientId: old, httpMethod: "GET", templateUri: "/api/v2/users", status: 200 });
    const { secret } = client(old) ?? {};
    the.world.deleteClient(the.current().id);
    await repaired(resource);
    expect(client(old)?.secret).toBe(secret);
  });

  test("because somebody wrote something else into the secret, makes another", async () => {
    const resource = await the.deployed();
    the.aws.secrets.putSecretValue({
      SecretId: the.secretArn,
      ClientRequestToken: "1".repeat(32),
      SecretString: "oops",
    });
    await repaired(resource);
  });

  test("because the secret was emptied of it, and the sink fails: the next deployment goes on", async () => {
    const resource = await the.deployed();
    the.world.deleteClient(the.current().id);
    the.fail("PutSecretValue");
    await resource.refresh(the.host());
    await expect(resource.up(the.host(), the.declare())).rejects.toThrow(PartialFailure);
    expect(resource.state).toMatchObject({ id: owner, unfinished: true });
    the.aws.faults.clear();
    await resource.up(the.host(), the.declare());
    expect(the.generations()).toHaveLength(1);
    expect(await the.works()).toBe(true);
  });
});

describe("a current generation without its marker", () => {
  test("gets it back where the version of the secret proves that we made it", async () => {
    const resource = await the.deployed();
    const { id, description = "" } = the.current();
    the.table.restore();
    the.world.clients.edit(id, { description: "Edited by hand" });
    await resource.refresh(the.host());
    expect(resource.state?.outputs).toMatchObject({ repair: ["marker"], description: "Edited by hand" });
    await resource.up(the.host(), the.declare());
    expect(client(id)?.description).toBe(description);
    expect(the.stored().clientId).toBe(id);
  });

  test("gets it back where the ledger knows it", async () => {
    const resource = await the.deployed();
    the.rotate();
    const { id, description = "" } = the.current();
    const token = readMarker(description)?.token ?? "";
    the.table.write("credential#crm", (item) => ({
      ...item,
      record: {
        S: JSON.stringify({ intents: [], generations: [{ clientId: id, token, phase: "live", madeAt: 1 }] }),
      },
    }));
    the.world.clients.edit(id, { description: "" });
    await resource.refresh(the.host());
    await resource.up(the.host(), the.declare());
    expect(client(id)?.description).toBe(description);
    expect(the.stored().clientId).toBe(id);
  });

  test("is nobody's where nothing proves it: it stays as it is, and another is made", async () => {
    const resource = await the.deployed();
    the.rotate();
    const { id } = the.current();
    the.world.clients.edit(id, { description: "Edited by hand" });
    const before = client(id);
    await resource.refresh(the.host());
    await resource.up(the.host(), the.declare());
    expect(client(id)).toEqual(before);
    expect(the.stored().clientId).not.toBe(id);
    expect(await the.works()).toBe(true);
    expect(the.organisation.warnings.join()).toContain(id);
  });
});

describe("another secret", () => {
  test("gets the current generation as it is, and the old secret goes on working", async () => {
    const resource = await the.deployed();
    the.rotate();
    const before = the.stored();
    const secretArn = the.newSecret("rotated/crm-2");
    await resource.up(the.host(), the.declare({ secretArn }));
    expect(the.stored(secretArn)).toMatchObject({
      clientId: before.clientId,
      clientSecret: before.clientSecret,
    });
    expect(await the.works(secretArn)).toBe(true);
    expect(await the.works()).toBe(true);
    expect(the.organisation.calls.count(`POST ${route}`)).toBe(1);
    expect(resource.state?.outputs.secretArn).toBe(secretArn);
  });

  test("gets a new generation where the old secret is gone", async () => {
    const resource = await the.deployed();
    const old = the.current();
    the.organisation.switches.usageDelaySeconds = 0;
    the.world.usage.record({
      clientId: old.id,
      httpMethod: "GET",
      templateUri: "/api/v2/users",
      status: 200,
    });
    the.aws.secrets.deleteSecret({ SecretId: the.secretArn, ForceDeleteWithoutRecovery: true });
    const secretArn = the.newSecret("rotated/crm");
    await resource.refresh(the.host());
    expect(resource.state?.outputs.repair).toEqual(["current"]);
    await resource.up(the.host(), the.declare({ secretArn }));
    expect(the.stored(secretArn).clientId).not.toBe(old.id);
    expect(client(old.id)).toMatchObject({ state: "active", secret: old.secret });
    expect(await the.works(secretArn)).toBe(true);
  });

  test("that is gone is said, and nothing is made", async () => {
    const resource = await the.deployed();
    the.aws.secrets.deleteSecret({ SecretId: the.secretArn });
    await expect(resource.up(the.host(), the.declare({ name: "CRM Sync" }))).rejects.toThrow(/Restore it/);
    expect(the.generations()).toMatchObject([{ name: "CRM Integration" }]);
  });
});

test("a resource that was renamed under an alias marks every generation anew", async () => {
  const resource = await the.deployed();
  const first = the.rotate();
  const marked = tokens();
  const renamed = "guard:acme/credentials/prod/sync~0a1b2c3d";
  await resource.up(the.host(), the.declare({ owner: renamed }));
  expect(the.generations()).toEqual([]);
  expect([first, the.current().id].map((id) => client(id)?.description)).toEqual(
    marked.map((token) => marker(renamed, token ?? "")),
  );
  expect(await the.works()).toBe(true);
  expect(resource.state?.id).toBe(owner);
  await resource.refresh(the.host());
  expect(await resource.changes(the.host(), the.declare({ owner: renamed }))).toBe(false);
});

test("takes over a lease that has ended, and describes other roles", async () => {
  const resource = await the.deployed();
  const host = the.host();
  the.lease(Date.now() - 1);
  await resource.up(host, the.declare({ roles: [{ role: "Queue Viewer", division: "*" }] }));
  expect(the.current().grants).toMatchObject([{ divisionId: "*" }]);
  expect(resource.state?.outputs.roles).toEqual([{ role: "Queue Viewer", division: "*" }]);
});
