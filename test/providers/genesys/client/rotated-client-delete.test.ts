import { owner, type RotatedWorld, startRotated } from "./rotated-world.ts";

let the: RotatedWorld;
beforeEach(async () => {
  the = await startRotated();
});
afterEach(() => the.close());

test("retires every generation, whatever its state, and leaves the secret", async () => {
  const resource = await the.deployed();
  const first = the.rotate();
  the.rotate();
  the.world.clients.edit(first, { state: "inactive" });
  const secret = the.stored();
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
  expect(the.world.isPristine()).toBe(true);
  expect(the.stored()).toEqual(secret);
  expect(the.isLeased()).toBe(false);
  expect(the.record()).toEqual({ intents: [], generations: [] });
});

test("may be repeated after it broke off", async () => {
  const resource = await the.deployed();
  the.rotate();
  const route = "/api/v2/oauth/clients/{clientId}";
  the.organisation.faults.add({ method: "DELETE", route, skip: 1, fault: { kind: "status", status: 503 } });
  await expect(resource.destroy(the.host())).rejects.toThrow();
  expect(the.isLeased()).toBe(false);
  the.organisation.faults.clear();
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
  await the.host().delete(owner, resource.state?.outputs ?? ((await the.deployed()).state?.outputs as never));
  expect(the.generations()).toEqual([]);
});

test("needs no secret: what the platform lists and the ledger knows is enough", async () => {
  const resource = await the.deployed();
  the.rotate();
  the.aws.secrets.deleteSecret({ SecretId: the.secretArn });
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
});

test("needs no ledger: without one nobody else changes the credential either", async () => {
  const resource = await the.deployed();
  await resource.up(the.host(), the.declare({ ledgerTable: "gone" }));
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
});

test("touches no client of another resource, nor of nobody", async () => {
  const resource = await the.deployed();
  const other = the.world.addClient({
    name: "ERP",
    description: "guard:acme/credentials/prod/erp~00000000#1",
  });
  const byHand = the.world.addClient({ name: "By hand" });
  the.promote(other);
  the.promote(byHand);
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
  expect(the.world.clients.get(other.id)).toEqual(other);
  expect(the.world.clients.get(byHand.id)).toEqual(byHand);
});

test("waits for the rotator, and stops where that does not finish", async () => {
  const resource = await the.deployed();
  the.lease(Date.now() + 3_600_000);
  await expect(resource.destroy(the.host())).rejects.toThrow(/^rotate-1 has, until/);
  expect(the.generations()).toHaveLength(1);
  the.lease(Date.now() - 1);
  await resource.destroy(the.host());
  expect(the.generations()).toEqual([]);
});

test("an outage of AWS deletes nothing", async () => {
  const resource = await the.deployed();
  the.fail("DescribeSecret");
  await expect(resource.destroy(the.host())).rejects.toThrow(/AWS Secrets Manager/);
  expect(the.generations()).toHaveLength(1);
});
