import { marker, readMarker } from "../../../../core/marker.ts";
import { owner, type RotatedWorld, startRotated } from "./rotated-world.ts";

let the: RotatedWorld;
beforeEach(async () => {
  the = await startRotated();
});
afterEach(() => the.close());

test("a rotation is no change, and neither is the retirement of what was before", async () => {
  const resource = await the.deployed({ description: "Reads" });
  const before = resource.state;
  const first = the.rotate();
  const isUnchanged = async () => {
    expect(await resource.changes(the.host(), the.declare({ description: "Reads" }))).toBe(false);
    await resource.refresh(the.host());
    expect(resource.state?.outputs).toEqual(before?.outputs);
    expect(await resource.changes(the.host(), the.declare({ description: "Reads" }))).toBe(false);
  };
  await isUnchanged();
  the.rotate();
  await isUnchanged();
  the.world.clients.edit(first, { state: "inactive", dateToDelete: the.world.inSevenDays() });
  await isUnchanged();
  the.world.deleteClient(first);
  await isUnchanged();
});

test("a rotation that is under way is no change", async () => {
  const resource = await the.deployed();
  const { grants, name, accessTokenValiditySeconds } = the.current();
  the.world.addClient({ name, accessTokenValiditySeconds, grants, description: marker(owner, "1") });
  await resource.refresh(the.host());
  expect(await resource.changes(the.host(), the.declare())).toBe(false);
});

test.each([
  ["name", { name: "Renamed by hand" }, { name: "Renamed by hand" }],
  ["description", (marked: string) => ({ description: `Edited ${marked}` }), { description: "Edited" }],
  ["lifetime", { accessTokenValiditySeconds: 300 }, { accessTokenValiditySeconds: 300 }],
  ["roles", { grants: [] }, { roles: [], roleDivisions: [] }],
  ["redirects", { registeredRedirectUri: ["https://intruder.example"] }, { repair: ["others"] }],
] as const)("follows the current generation: its %s", async (_what, edit, described) => {
  const resource = await the.deployed();
  the.rotate();
  const { id, description = "" } = the.current();
  the.world.clients.edit(id, (typeof edit === "function" ? edit(description) : edit) as never);
  await resource.refresh(the.host());
  expect(resource.state?.outputs).toMatchObject(described);
  await resource.up(the.host(), the.declare());
  const { name, description: mended, accessTokenValiditySeconds, registeredRedirectUri } = the.current();
  expect({ name, mended, accessTokenValiditySeconds, registeredRedirectUri }).toEqual({
    name: "CRM Integration",
    mended: description,
    accessTokenValiditySeconds: 86_400,
    registeredRedirectUri: [],
  });
  expect(the.current().grants).toHaveLength(1);
  await resource.refresh(the.host());
  expect(await resource.changes(the.host(), the.declare())).toBe(false);
});

test("sees that a generation which still drains is not as declared", async () => {
  const resource = await the.deployed();
  const old = the.rotate();
  the.world.clients.edit(old, { accessTokenValiditySeconds: 172_800 });
  await resource.refresh(the.host());
  expect(resource.state?.outputs).toMatchObject({ repair: ["others"], accessTokenValiditySeconds: 86_400 });
  await resource.up(the.host(), the.declare());
  expect(the.world.clients.get(old)?.accessTokenValiditySeconds).toBe(86_400);
});

describe("what is gone", () => {
  test("is the credential where neither its secret nor anything of it is left", async () => {
    const resource = await the.deployed();
    the.world.deleteClient(the.current().id);
    the.aws.secrets.deleteSecret({ SecretId: the.secretArn, ForceDeleteWithoutRecovery: true });
    await resource.refresh(the.host());
    expect(resource.state).toBeUndefined();
  });

  test("is not the credential while a client of it lives: another deployment repairs it", async () => {
    const resource = await the.deployed();
    the.aws.secrets.deleteSecret({ SecretId: the.secretArn });
    await resource.refresh(the.host());
    expect(resource.state?.outputs.repair).toEqual(["current"]);
    the.aws.secrets.restoreSecret({ SecretId: the.secretArn });
    await resource.refresh(the.host());
    expect(resource.state?.outputs.repair).toBeUndefined();
  });

  test("is not the credential while its secret exists, even if every client of it was deleted", async () => {
    const resource = await the.deployed();
    for (const { id } of the.generations()) the.world.deleteClient(id);
    await resource.refresh(the.host());
    expect(resource.state?.outputs).toMatchObject({ repair: ["current"], name: "CRM Integration" });
  });

  test("is nothing while AWS or the platform cannot be asked", async () => {
    const resource = await the.deployed();
    const before = resource.state;
    for (const operation of ["DescribeSecret", "GetSecretValue"]) {
      the.fail(operation);
      await expect(resource.refresh(the.host())).rejects.toThrow(/AWS Secrets Manager/);
      the.aws.faults.clear();
    }
    the.organisation.faults.add({ fault: { kind: "status", status: 503 } });
    await expect(resource.refresh(the.host())).rejects.toThrow(/Genesys Cloud/);
    expect(resource.state).toEqual(before);
  });
});

test("a client of another resource in the secret is not taken for ours", async () => {
  const resource = await the.deployed();
  const other = the.world.addClient({
    name: "ERP",
    description: "guard:acme/credentials/prod/erp~00000000#1",
  });
  the.promote(other);
  await resource.refresh(the.host());
  expect(resource.state?.outputs).toMatchObject({ repair: ["current"], name: "CRM Integration" });
  await expect(resource.up(the.host(), the.declare())).rejects.toThrow(/belongs to another resource/);
  expect(the.world.clients.get(other.id)).toEqual(other);
});

test("a client that was made a moment ago is not taken for gone", async () => {
  await the.close();
  the = await startRotated({ lag: { lists: 2, gets: 2 } });
  for (let reads = 0; reads < 3; reads += 1) {
    the.world.clients.list();
    the.world.roles.list();
    the.world.divisions.list();
  }
  const resource = await the.deployed();
  the.rotate();
  await resource.refresh(the.host());
  expect(resource.state?.outputs.repair).toBeUndefined();
  await resource.up(the.host(), the.declare({ name: "CRM Sync" }));
  expect(the.generations()).toHaveLength(2);
  expect(the.generations().map(({ description }) => readMarker(description)?.prefix)).toEqual([owner, owner]);
});
