import { marker, readMarker } from "../../../../core/marker.ts";
import { firstVersionId } from "../../../../core/rotation/secret-value.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import { createRotatedClientProvider } from "../../../../providers/genesys/client/rotated-client-provider.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { owner, type RotatedWorld, startRotated } from "./rotated-world.ts";

const route = "/api/v2/oauth/clients";
const newResource = () => new ResourceUnderEngine<RotatedInputs, RotatedOutputs>();

let the: RotatedWorld;
beforeEach(async () => {
  the = await startRotated();
});
afterEach(() => the.close());

/** A client of this credential that no version of the secret names. */
const addRemains = () =>
  the.world.addClient({
    name: "Half-done",
    description: marker(owner, "0000000000000001"),
    grants: [the.world.grant(the.world.roleNamed("CRM Reader")?.id ?? "", the.world.homeDivisionId)],
  });
const creates = () => the.organisation.calls.count(`POST ${route}`);
const resets = () => the.organisation.calls.count(`POST ${route}/{clientId}/secret`);

test("makes the first generation and stores its secret, which the state never holds", async () => {
  const { state } = await the.deployed();
  const token = state?.inputs.token ?? "";
  const { clientId, clientSecret, region, versionId } = the.stored();
  expect(the.generations().map(({ id }) => id)).toEqual([clientId]);
  expect(region).toBe("us-east-1");
  expect(versionId).toBe(firstVersionId(owner, token));
  expect(readMarker(the.current().description)).toEqual({ prefix: owner, token });
  expect(await the.works()).toBe(true);
  const text = JSON.stringify(state);
  for (const secret of [clientId, clientSecret]) expect(text).not.toContain(secret);
  expect(state?.id).toBe(owner);
  expect(state?.outputs).toEqual({
    ...state?.inputs,
    roleDivisions: the.current().grants.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
  });
});

test("gives the lease back, and notes the generation in the ledger", async () => {
  const { state } = await the.deployed();
  expect(the.isLeased()).toBe(false);
  const { clientId } = the.stored();
  const generation = { clientId, token: state?.inputs.token, phase: "live", madeAt: expect.any(Number) };
  expect(the.record()).toEqual({ intents: [], generations: [generation] });
});

test("another preview says unchanged, also after a refresh", async () => {
  const resource = await the.deployed({ description: "Reads queues", allowedIps: ["52.204.1.0/24"] });
  const declared = the.declare({ description: "Reads queues", allowedIps: ["52.204.1.0/24"] });
  expect(await resource.changes(the.host(), declared)).toBe(false);
  await resource.refresh(the.host());
  expect(await resource.changes(the.host(), declared)).toBe(false);
});

describe("with a state that was lost", () => {
  test("keeps the generation in use: nothing is made, nothing reset", async () => {
    await the.deployed();
    const before = the.stored();
    the.organisation.calls.reset();
    const { state } = await the.deployed({ description: "Reads queues" });
    expect(the.stored()).toEqual(before);
    expect([creates(), resets()]).toEqual([0, 0]);
    expect(the.current().description).toMatch(/^Reads queues guard:/);
    expect(state?.outputs.description).toBe("Reads queues");
    expect(await the.works()).toBe(true);
  });

  test("keeps one that a rotation made, and the one before it", async () => {
    await the.deployed();
    const old = the.rotate();
    const before = the.stored();
    const tokens = () => the.generations().map(({ description }) => readMarker(description)?.token);
    const marked = tokens();
    await the.deployed({ name: "CRM Sync" });
    expect(the.stored()).toEqual(before);
    expect(tokens()).toEqual(marked);
    expect(the.world.clients.get(old)?.name).toBe("CRM Sync");
  });
});

describe("after an attempt that broke off", () => {
  test("takes over the client whose secret was never stored, under a secret of its own", async () => {
    const { id, secret } = addRemains();
    await the.deployed();
    expect(the.generations()).toHaveLength(1);
    expect(the.stored()).toMatchObject({ clientId: id });
    expect(the.stored().clientSecret).not.toBe(secret);
    expect(creates()).toBe(0);
    expect(await the.works()).toBe(true);
  });

  test("takes the youngest where there are several", async () => {
    addRemains();
    await new Promise((resolve) => setTimeout(resolve, 2));
    const { id } = addRemains();
    await the.deployed();
    expect(the.stored().clientId).toBe(id);
  });

  test("makes another where what was left is gone, and the platform still lists it", async () => {
    await the.close();
    the = await startRotated({ lag: { lists: 2 } });
    const { id } = addRemains();
    for (let reads = 0; reads < 3; reads += 1) the.world.clients.list();
    the.world.deleteClient(id);
    expect(the.world.clients.list().map((client) => client.id)).toContain(id);
    await the.deployed();
    expect(the.stored().clientId).not.toBe(id);
    expect(await the.works()).toBe(true);
  });

  test("waits for what the ledger says was about to be made, and takes that over", async () => {
    await the.close();
    the = await startRotated({ lag: { lists: 3 } });
    for (let reads = 0; reads < 4; reads += 1)
      for (const each of [the.world.clients, the.world.roles, the.world.divisions]) each.list();
    const { id } = addRemains();
    const intent = { token: "0000000000000001", at: 1 };
    const never = { token: "0000000000000002", at: 1 };
    const record = { intents: [intent, never], generations: [] };
    the.table.write("credential#crm", () => ({
      pk: { S: "credential#crm" },
      record: { S: JSON.stringify(record) },
    }));
    await the.deployed();
    expect(the.stored().clientId).toBe(id);
    expect(creates()).toBe(0);
    expect(the.record()).toMatchObject({ intents: [never], generations: [{ clientId: id }] });
  });

  test("stops at a client that is used, and leaves its secret alone", async () => {
    const { id, secret } = addRemains();
    the.organisation.switches.usageDelaySeconds = 0;
    the.world.usage.record({ clientId: id, httpMethod: "GET", templateUri: "/api/v2/users", status: 200 });
    const resource = newResource();
    await expect(resource.up(the.host(), the.declare())).rejects.toThrow(
      /OAuth client .* is in use .* Restore the state, or the version of the secret/,
    );
    expect(resource.state).toBeUndefined();
    expect(the.world.clients.get(id)?.secret).toBe(secret);
    expect(the.isLeased()).toBe(false);
  });
});

describe("where the secret cannot be stored", () => {
  const failPut = () => the.fail("PutSecretValue");

  test("keeps the credential as unfinished; the next deployment stores a new secret of the same client", async () => {
    failPut();
    const resource = newResource();
    const failure = await resource.up(the.host(), the.declare()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    const [client] = the.generations();
    expect(JSON.stringify(failure)).not.toContain(client?.secret);
    expect(String(failure)).not.toContain(client?.secret);
    expect(resource.state).toMatchObject({ id: owner, unfinished: true, outputs: { repair: ["current"] } });
    expect(the.isLeased()).toBe(false);

    the.aws.faults.clear();
    await resource.up(the.host(), the.declare());
    expect(the.generations()).toHaveLength(1);
    expect(the.stored().clientId).toBe(client?.id);
    expect(await the.works()).toBe(true);
    expect(resource.state?.outputs.repair).toBeUndefined();
  });

  test("so it is after a refresh in between", async () => {
    failPut();
    const resource = newResource();
    await expect(resource.up(the.host(), the.declare())).rejects.toThrow(PartialFailure);
    the.aws.faults.clear();
    await resource.refresh(the.host());
    expect(resource.state?.unfinished).toBe(false);
    await resource.up(the.host(), the.declare());
    expect(the.generations()).toHaveLength(1);
    expect(await the.works()).toBe(true);
  });

  test("says what the secret's state is, before anything is made", async () => {
    the.aws.secrets.deleteSecret({ SecretId: the.secretArn });
    await expect(the.deployed()).rejects.toThrow(/scheduled for deletion\. Restore it/);
    const gone = the.secretArn.replace("rotated/crm", "rotated/gone");
    await expect(the.deployed({ secretArn: gone })).rejects.toThrow(/does not exist/);
    expect(the.generations()).toEqual([]);
  });

  test("says that there is no ledger, before anything is made", async () => {
    await expect(the.deployed({ ledgerTable: "other" })).rejects.toThrow(
      /The ledger's table other does not exist in us-east-1/,
    );
    expect(the.generations()).toEqual([]);
  });

  test("needs to know in which region the organisation is, before anything is made", async () => {
    const session = the.organisation.session({ environment: { GENESYSCLOUD_REGION: "mars" } });
    const provider = createRotatedClientProvider(() => session);
    await expect(newResource().up(provider, the.declare())).rejects.toThrow(/GENESYSCLOUD_REGION is "mars"/);
    expect(the.generations()).toEqual([]);
  });
});

describe("a lease that somebody else holds", () => {
  test("is waited for", async () => {
    the.lease(Date.now() + 3_600_000);
    const waits: number[] = [];
    const session = the.organisation.session({
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        if (waits.length === 5) the.lease(0);
      },
    });
    await newResource().up(
      createRotatedClientProvider(() => session),
      the.declare(),
    );
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 30_000]);
    expect(await the.works()).toBe(true);
  });

  test("ends the deployment in the end, before anything is made", async () => {
    the.lease(Date.now() + 3_600_000);
    await expect(the.deployed()).rejects.toThrow(
      /^rotate-1 has, until .* the right to change the credential "crm" \(its lease in the table rotation-ledger\)/,
    );
    expect(the.generations()).toEqual([]);
    expect(the.isLeased()).toBe(true);
  });
});
