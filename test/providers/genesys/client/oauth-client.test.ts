import { fingerprint } from "../../../../core/fingerprint.ts";
import { readMarker } from "../../../../core/marker.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import type { ClientOutputs } from "../../../../providers/genesys/client/client-inputs.ts";
import {
  createOauthClientProvider,
  type OauthClientInputs,
} from "../../../../providers/genesys/client/oauth-client-provider.ts";
import {
  NotAdoptableError,
  OutcomeUnknownError,
  UnknownNameError,
} from "../../../../providers/genesys/errors.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const route = "/api/v2/oauth/clients";
const owner = "guard:acme/credentials/prod/crm~0a1b2c3d";
const roles = [{ role: "CRM Reader" }];
/** As a program declares it: the defaults are left to `check`. */
const declare = (args: object = {}): OauthClientInputs =>
  ({ owner, name: "CRM Integration", roles, ...args }) as OauthClientInputs;

let organisation: Organisation;
const start = async (options: GenesysOptions = {}) => {
  organisation = await startOrganisation({
    roles: [{ name: "CRM Reader" }, { name: "Queue Viewer" }],
    divisions: ["Claims"],
    ...options,
  });
  return organisation;
};
afterEach(() => organisation?.close());

/** One run of the engine. */
const host = () => {
  const session = organisation.session();
  return createOauthClientProvider(() => session);
};
const deployed = async (args: object = {}) => {
  const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
  await resource.up(host(), declare(args));
  const { id } = resource.state ?? {};
  if (id === undefined) throw new Error("not deployed");
  return { resource, id, client: () => organisation.world.clients.get(id) };
};
const own = () => organisation.world.clients.all().filter(({ description }) => readMarker(description));

describe("check", () => {
  const check = async (args: object, olds: Partial<OauthClientInputs> = {}) => {
    await start();
    return host().check(olds, declare(args));
  };

  test("fills the defaults", async () => {
    const { inputs, failures } = await check({ description: undefined, __provider: "text" });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      owner,
      token: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: "CRM Integration",
      roles,
      authorizedGrantType: "CLIENT-CREDENTIALS",
      accessTokenValiditySeconds: 86_400,
      state: "active",
      allowlistEnforcement: "declared",
      secretSink: { kind: "state" },
      secretGeneration: 0,
      __provider: "text",
    });
  });

  test("keeps the token of the last deployment, and gives a new resource another", async () => {
    const kept = await check({}, { token: "abc" });
    expect(kept.inputs.token).toBe("abc");
    const first = await host().check({}, declare());
    const second = await host().check({}, declare());
    expect(first.inputs.token).not.toBe(second.inputs.token);
  });

  test.each([
    ["a blank name", { name: " " }, "name"],
    ["a lifetime below the platform's", { accessTokenValiditySeconds: 299 }, "accessTokenValiditySeconds"],
    [
      "a lifetime above the platform's",
      { accessTokenValiditySeconds: 172_801 },
      "accessTokenValiditySeconds",
    ],
    ["half a second", { accessTokenValiditySeconds: 300.5 }, "accessTokenValiditySeconds"],
    ["an underscore in the grant type", { authorizedGrantType: "CLIENT_CREDENTIALS" }, "authorizedGrantType"],
    ["no roles for client credentials", { roles: undefined }, "roles"],
    ["scopes for client credentials", { scope: ["users"] }, "scope"],
    ["no scopes for a code grant", { authorizedGrantType: "CODE", roles: undefined }, "scope"],
    ["roles for a code grant", { authorizedGrantType: "CODE", scope: ["users"] }, "roles"],
    ["a state that only the platform sets", { state: "deleted" }, "state"],
    ["a date that is none", { dateToDelete: "soon" }, "dateToDelete"],
    ["an allowlist entry that is no address", { allowedIps: ["52.204.1.0/24", "office"] }, "allowedIps[1]"],
    ["host bits in an entry", { allowedIps: ["52.204.1.7/24"] }, "allowedIps[0]"],
    [
      "an egress without addresses where the client's own list is set",
      { allowedIps: ["egress:primary"], allowlistEnforcement: "client" },
      "allowedIps[0]",
    ],
    [
      "a redirect over plain http",
      { registeredRedirectUri: ["http://crm.example.com/"] },
      "registeredRedirectUri[0]",
    ],
    [
      "a redirect with a fragment",
      { registeredRedirectUri: ["https://crm.example.com/#a"] },
      "registeredRedirectUri[0]",
    ],
    ["a redirect that is no address", { registeredRedirectUri: ["crm"] }, "registeredRedirectUri[0]"],
    ["a negative generation", { secretGeneration: -1 }, "secretGeneration"],
    ["a description that ends in a marker", { description: "x guard:a/b/c/d#1" }, "description"],
    ["a sink that does not exist", { secretSink: { kind: "file" } }, "secretSink.kind"],
    ["a typing error", { allowedIPs: ["52.204.1.0/24"] }, "allowedIPs"],
  ])("refuses %s", async (_what, args, property) => {
    const { failures } = await check(args);
    expect(failures.map((failure) => failure.property)).toEqual([property]);
    expect(failures[0]?.reason).toMatch(/[Ff]or example|Write|Give|properties are/);
  });

  test.each([
    [
      "a loopback redirect",
      { registeredRedirectUri: ["http://localhost:8080/cb", "http://127.0.0.1/cb", "http://[::1]/cb"] },
    ],
    ["an egress by name alone", { allowedIps: ["egress:primary"] }],
    [
      "an egress with its addresses",
      { allowedIps: ["egress:primary"], allowlistEnforcement: "client", egress: { primary: ["52.204.1.7"] } },
    ],
    [
      "an egress whose addresses are not known yet",
      { allowedIps: ["egress:primary", unknown], allowlistEnforcement: "client", egress: unknown },
    ],
    ["an unknown grant type", { authorizedGrantType: unknown, roles: undefined }],
    ["unknown roles", { roles: unknown }],
    ["an unknown allowlist", { allowedIps: unknown }],
  ])("accepts %s", async (_what, args) => {
    expect((await check(args)).failures).toEqual([]);
  });
});

describe("diff", () => {
  const described = {
    owner,
    token: "1",
    marker: `${owner}#1`,
    name: "CRM Integration",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 86_400,
    roles: [{ role: "A" }, { role: "B", division: "*" }],
    scope: [],
    registeredRedirectUri: [],
    state: "active",
    dateToDelete: "2027-01-01T00:00:00.000Z",
    allowedIps: ["52.204.1.7/32", "52.204.2.0/24"],
    allowlistEnforcement: "declared",
    secretSink: { kind: "state" },
    secretGeneration: 0,
    clientId: "x",
    roleDivisions: [],
  } as unknown as ClientOutputs;
  const { marker: _marker, clientId: _clientId, roleDivisions: _divisions, ...inputs } = described;
  const diff = async (olds: object, news: object) => {
    await start();
    return host().diff("x", { ...described, ...olds }, { ...(inputs as OauthClientInputs), ...news });
  };

  test.each([
    ["another order of roles", { roles: [{ division: "*", role: "B" }, { role: "A" }] }],
    ["another way to write an address", { allowedIps: ["52.204.2.0/24", "52.204.1.7"] }],
    ["another way to write a time", { dateToDelete: "2027-01-01T00:00:00Z" }],
    ["no list instead of an empty one", { scope: undefined, registeredRedirectUri: undefined }],
    ["an adoptId", { adoptId: "y" }],
  ])("sees no change in %s", async (_what, news) => {
    expect(await diff({}, news)).toEqual({ changes: false, replaces: [] });
  });

  test.each([
    ["a name", { name: "CRM Sync" }],
    ["a description", { description: "Reads" }],
    ["a lifetime", { accessTokenValiditySeconds: 300 }],
    [
      "a division",
      {
        roles: [
          { role: "A", division: "*" },
          { role: "B", division: "*" },
        ],
      },
    ],
    ["a state", { state: "disabled" }],
    ["an address", { allowedIps: ["52.204.2.0/24"] }],
    ["a generation", { secretGeneration: 1 }],
    ["an unknown element", { roles: [{ role: unknown }] }],
    ["another owner", { owner: "guard:acme/credentials/prod/sales~0a1b2c3d" }],
  ])("sees a change in %s", async (_what, news) => {
    expect(await diff({}, news)).toEqual({ changes: true, replaces: [] });
  });

  test.each([
    ["its marker was taken away", { marker: undefined }],
    ["its secret is unfinished", { secretGeneration: undefined }],
    ["a broken run left a client behind", { strays: ["y"] }],
  ])("sees a change where %s", async (_what, olds) => {
    expect(await diff(olds, {})).toEqual({ changes: true, replaces: [] });
  });

  test("replaces a client of another grant type", async () => {
    expect(await diff({}, { authorizedGrantType: "CODE", roles: undefined, scope: ["users"] })).toEqual({
      changes: true,
      replaces: ["authorizedGrantType"],
    });
  });
});

describe("create", () => {
  test("sends the platform's own fields and no other, and keeps the secret", async () => {
    const { world } = await start();
    const { resource, client } = await deployed({ description: "Reads queues", allowedIps: ["52.204.1.7"] });
    const { clientSecret, secretFingerprint, clientId, roleDivisions } = resource.state?.outputs ?? {};
    expect(client()).toMatchObject({
      id: clientId,
      secret: clientSecret,
      grants: [{ roleId: world.roleNamed("CRM Reader")?.id, divisionId: world.homeDivisionId }],
    });
    expect(client()?.description).toMatch(
      /^Reads queues guard:acme\/credentials\/prod\/crm~0a1b2c3d#[0-9a-f]{16}$/,
    );
    expect(secretFingerprint).toBe(fingerprint(clientSecret ?? ""));
    expect(roleDivisions).toHaveLength(1);
    expect(world.ignoredFields).toEqual([]);
  });

  test("of 300 clients costs one call each and a handful in all", async () => {
    const { calls } = await start();
    const shared = host();
    await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const { inputs } = await shared.check({}, declare({ owner: `${owner}${i}` }));
        await shared.create(inputs);
      }),
    );
    expect(calls.count(`POST ${route}`)).toBe(300);
    expect(calls.count() - 300).toBeLessThanOrEqual(5);
  });

  test("finds a client whose answer was lost, and gives it a new secret", async () => {
    const { faults, calls } = await start();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    const { resource, client } = await deployed();
    expect(own()).toHaveLength(1);
    expect(client()?.secret).toBe(resource.state?.outputs.clientSecret);
    expect(calls.count(`POST ${route}`)).toBe(1);
  });

  test("makes no second client where the first may yet come true; the next run takes it over", async () => {
    const { faults, world } = await start({ lag: { lists: 20 } });
    /** Time passes, and every list shows what is. */
    const settle = () => {
      for (let i = 0; i < 20; i += 1)
        for (const each of [world.clients, world.roles, world.divisions]) each.list();
    };
    settle();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
    await expect(resource.up(host(), declare())).rejects.toThrow(OutcomeUnknownError);
    expect(own()).toHaveLength(1);
    settle();
    await resource.up(host(), declare({ name: "CRM Sync" }));
    expect(own()).toMatchObject([{ name: "CRM Sync", secret: resource.state?.outputs.clientSecret }]);
  });

  test("keeps a client whose secret could not be had, and the next run finishes it", async () => {
    const { faults } = await start();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    faults.add({ route: `${route}/{clientId}/secret`, fault: { kind: "status", status: 503 } });
    const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
    await expect(resource.up(host(), declare())).rejects.toThrow(PartialFailure);
    expect(resource.state).toMatchObject({ unfinished: true });
    faults.clear();

    // A refresh forgets that the resource is unfinished; the outputs still tell.
    await resource.refresh(host());
    expect(await resource.changes(host(), declare())).toBe(true);
    await resource.up(host(), declare());
    expect(own()).toMatchObject([{ secret: resource.state?.outputs.clientSecret }]);
  });

  test("deletes what it left behind with another grant type", async () => {
    const { faults } = await start();
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    faults.add({ method: "GET", route, skip: 1, fault: { kind: "status", status: 503 } });
    const resource = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
    await expect(resource.up(host(), declare())).rejects.toThrow();
    faults.clear();
    await resource.up(host(), declare({ authorizedGrantType: "CODE", roles: undefined, scope: ["users"] }));
    expect(own()).toMatchObject([{ authorizedGrantType: "CODE" }]);
  });

  describe("with a state that was lost", () => {
    test("does not touch a client that is in use, and says how to take it over", async () => {
      const { world } = await start({ switches: { usageDelaySeconds: 0 } });
      const { id, client } = await deployed();
      const before = client();
      world.usage.record({ clientId: id, templateUri: "/api/v2/users", httpMethod: "GET", status: 200 });
      const forgetful = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
      await expect(forgetful.up(host(), declare())).rejects.toThrow(
        new RegExp(`OAuth client ${id} .* in use \\(1 requests\\).*with adoptId: "${id}"`),
      );
      expect(client()).toEqual(before);
      await forgetful.up(host(), declare({ adoptId: id }));
      expect(client()?.secret).toBe(before?.secret);
      expect(own()).toHaveLength(1);
    });

    test("touches nothing where the platform does not say whether the client is in use", async () => {
      const { faults } = await start();
      const { client } = await deployed();
      const before = client();
      const result = `${route}/{clientId}/usage/query/results/{executionId}`;
      faults.add({ route: result, fault: { kind: "status", status: 503 } });
      const forgetful = new ResourceUnderEngine<OauthClientInputs, ClientOutputs>();
      await expect(forgetful.up(host(), declare())).rejects.toThrow();
      expect(client()).toEqual(before);
    });
  });

  test("goes on where an orphan vanishes under its hands", async () => {
    const { world } = await start({ lag: { lists: 1 } });
    const orphan = world.addClient({ name: "CRM", description: `${owner}#1`, grants: [] });
    world.clients.list();
    world.deleteClient(orphan.id);
    await deployed();
    expect(own()).toHaveLength(1);
  });

  test("leaves the clients of other resources alone", async () => {
    const { world } = await start();
    const other = world.addClient({ name: "CRM", description: `${owner}x#1`, grants: [] });
    await deployed();
    expect(world.clients.get(other.id)).toEqual(other);
  });

  test("names a role that does not exist", async () => {
    await start();
    await expect(deployed({ roles: [{ role: "CRM Raeder" }] })).rejects.toThrow(UnknownNameError);
    await expect(deployed({ roles: [{ role: "CRM Reader", division: "Clams" }] })).rejects.toThrow(
      /no division named "Clams"/,
    );
  });

  test("says which roles the caller lacks", async () => {
    const { world } = await start();
    world.addRole("Board Member");
    await expect(deployed({ roles: [{ role: "Board Member" }] })).rejects.toThrow(
      /does not hold every role.*GENESYSCLOUD_OAUTHCLIENT_ID/,
    );
  });
});

describe("adoptId", () => {
  const byHand = (fields: object = {}) =>
    organisation.world.addClient({ name: "By hand", grants: [], ...fields });

  test("takes over a client, and leaves its secret alone until a reset is declared", async () => {
    const { world } = await start();
    const before = byHand();
    const { resource, id } = await deployed({ adoptId: before.id });
    expect(id).toBe(before.id);
    expect(world.clients.get(id)).toMatchObject({ name: "CRM Integration", secret: before.secret });
    expect(resource.state?.outputs).not.toHaveProperty("clientSecret");
    expect(await resource.changes(host(), declare({ adoptId: before.id }))).toBe(false);

    await resource.up(host(), declare({ adoptId: before.id, secretGeneration: 1 }));
    const { secret } = world.clients.get(id) ?? {};
    expect(secret).not.toBe(before.secret);
    expect(resource.state?.outputs.clientSecret).toBe(secret);
  });

  test("resets the secret at once where a generation is declared", async () => {
    await start();
    const { id: adoptId } = byHand();
    const { resource, client } = await deployed({ adoptId, secretGeneration: 1 });
    expect(resource.state?.outputs.clientSecret).toBe(client()?.secret);
  });

  test.each([
    ["is not there", () => "00000000-0000-0000-0000-000000000000", /no such client/],
    ["has another grant type", () => byHand({ authorizedGrantType: "CODE" }).id, /grant type is CODE/],
    ["belongs to another resource", () => byHand({ description: "guard:a/b/c/d#1" }).id, /another resource/],
  ])("is refused where the client %s", async (_what, adoptId, message) => {
    await start();
    const id = adoptId();
    const before = organisation.world.clients.get(id);
    const refused = deployed({ adoptId: id });
    await expect(refused).rejects.toThrow(NotAdoptableError);
    await expect(refused).rejects.toThrow(message);
    expect(organisation.world.clients.get(id)).toEqual(before);
  });
});

describe("update", () => {
  test("changes everything but the grant type in place", async () => {
    await start({ switches: { tenantMaySetDisabled: true } });
    const { resource, id, client } = await deployed();
    const { clientSecret } = resource.state?.outputs ?? {};
    await resource.up(
      host(),
      declare({
        name: "CRM Sync",
        description: "Reads",
        accessTokenValiditySeconds: 300,
        roles: [{ role: "Queue Viewer", division: "Claims" }],
        state: "disabled",
      }),
    );
    expect(resource.state).toMatchObject({ id, outputs: { clientSecret, name: "CRM Sync" } });
    expect(client()).toMatchObject({
      name: "CRM Sync",
      accessTokenValiditySeconds: 300,
      state: "disabled",
      secret: clientSecret,
    });
  });

  test("resets the secret when the generation rises, and not when it falls", async () => {
    await start();
    const { resource, client } = await deployed({ secretGeneration: 1 });
    const first = client()?.secret;
    await resource.up(host(), declare({ secretGeneration: 2 }));
    const second = client()?.secret;
    expect(second).not.toBe(first);
    expect(resource.state?.outputs.clientSecret).toBe(second);
    await resource.up(host(), declare({ secretGeneration: 1 }));
    expect(client()?.secret).toBe(second);
    expect(resource.state?.outputs.clientSecret).toBe(second);
  });

  test("repeats a reset whose answer was lost", async () => {
    const { faults } = await start();
    const { resource, client } = await deployed();
    faults.add({ route: `${route}/{clientId}/secret`, fault: { kind: "dropAfter" }, times: 2 });
    await resource.up(host(), declare({ secretGeneration: 1 }));
    expect(resource.state?.outputs.clientSecret).toBe(client()?.secret);
  });

  test("does not forget a reset that it could not finish, even if the generation goes back", async () => {
    const { faults } = await start();
    const { resource, client } = await deployed();
    faults.add({ route: `${route}/{clientId}/secret`, fault: { kind: "dropAfter" } });
    await expect(resource.up(host(), declare({ secretGeneration: 1 }))).rejects.toThrow(PartialFailure);
    faults.clear();
    await resource.up(host(), declare({ secretGeneration: 0 }));
    expect(resource.state?.outputs.clientSecret).toBe(client()?.secret);
  });

  test("of a client that is gone asks for a refresh", async () => {
    const { world } = await start();
    const { resource, id } = await deployed();
    world.deleteClient(id);
    await expect(resource.up(host(), declare({ name: "CRM Sync" }))).rejects.toThrow(/repaired by a refresh/);
  });

  test("replaces a client of another grant type: the new one first, then the old one's end", async () => {
    const { warnings } = await start();
    const { resource, id } = await deployed();
    await resource.up(host(), declare({ authorizedGrantType: "CODE", roles: undefined, scope: ["users"] }));
    expect(resource.state?.id).not.toBe(id);
    expect(own().map((client) => client.id)).toEqual([resource.state?.id]);
    expect(warnings).toEqual([]);
  });
});

describe("read", () => {
  test.each([
    ["the home division left out", [{ role: "CRM Reader" }]],
    ["the home division named", [{ role: "CRM Reader", division: "Home" }]],
    [
      "a division and all divisions",
      [
        { role: "CRM Reader", division: "Claims" },
        { role: "Queue Viewer", division: "*" },
      ],
    ],
  ])("finds no drift after a deployment with %s", async (_what, declared) => {
    await start();
    const args = {
      roles: declared,
      description: "Reads",
      allowedIps: ["52.204.1.7", "egress:primary"],
      state: "inactive",
    };
    const { resource } = await deployed(args);
    const before = resource.state;
    await resource.refresh(host());
    expect(resource.state?.outputs).toEqual(before?.outputs);
    expect(resource.state?.inputs).toEqual({ ...before?.inputs, scope: [], registeredRedirectUri: [] });
    expect(await resource.changes(host(), declare(args))).toBe(false);
  });

  test("of 300 clients costs one listing, and one call for each client that is not listed", async () => {
    const { calls, switches } = await start();
    const shared = host();
    const states = await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const { inputs } = await shared.check({}, declare({ owner: `${owner}${i}` }));
        return shared.create(inputs);
      }),
    );
    const refresh = async () => {
      calls.reset();
      const run = host();
      const reads = await Promise.all(states.map(({ id, outs }) => run.read(id, outs)));
      expect(reads.map(({ id }) => id)).toEqual(states.map(({ id }) => id));
    };
    await refresh();
    expect(calls.count(`GET ${route}`)).toBe(1);
    expect(calls.count(`GET ${route}/{clientId}`)).toBe(0);
    expect(calls.count()).toBeLessThanOrEqual(10);

    switches.clientList = "firstPage";
    await refresh();
    expect(calls.count(`GET ${route}`)).toBe(1);
    // The first page holds the deploying client too.
    expect(calls.count(`GET ${route}/{clientId}`)).toBe(300 - 24);
  });

  test.each([
    ["a name", { name: "Renamed" }, { name: "Renamed" }],
    ["a lifetime", { accessTokenValiditySeconds: 172_800 }, { accessTokenValiditySeconds: 172_800 }],
    [
      "a pending deletion",
      { state: "inactive", dateToDelete: "2027-01-01T00:00:00.000Z" },
      { state: "inactive", dateToDelete: "2027-01-01T00:00:00.000Z" },
    ],
    [
      "a redirect",
      { registeredRedirectUri: ["https://intruder.example"] },
      { registeredRedirectUri: ["https://intruder.example"] },
    ],
    ["roles taken away", { grants: [] }, {}],
    ["a lost marker", { description: "Edited" }, { description: "Edited" }],
  ] as const)("shows %s changed by hand, which the next deployment repairs", async (_what, edit, seen) => {
    const { world } = await start();
    const { resource, id, client } = await deployed();
    const before = client();
    world.clients.edit(id, edit as object);
    await resource.refresh(host());
    expect(resource.state?.outputs).toMatchObject(seen);
    expect(await resource.changes(host(), declare())).toBe(true);
    await resource.up(host(), declare());
    expect({ ...client(), dateModified: "" }).toMatchObject({
      ...before,
      dateModified: "",
      grants: before?.grants.map(({ roleId }) => ({ roleId })) ?? [],
    });
    expect(await resource.changes(host(), declare())).toBe(false);
  });

  test("names what it can of roles and divisions that are gone, renamed or new", async () => {
    const { world } = await start();
    const { resource, id } = await deployed();
    const late = world.addRole("Late");
    const grants = [world.grant(late.id, "*"), world.grant("gone", "gone")];
    world.clients.edit(id, { grants });
    await resource.refresh(host());
    expect(resource.state?.outputs.roles).toEqual([
      { role: "Late", division: "*" },
      { role: "id:gone", division: "id:gone" },
    ]);
  });

  test.each(["notFound", "deletedState"] as const)(
    "drops a client that is gone (%s)",
    async (deletedClientReads) => {
      const { world } = await start({ switches: { deletedClientReads } });
      const { resource, id } = await deployed();
      world.deleteClient(id);
      await resource.refresh(host());
      expect(resource.state).toBeUndefined();
    },
  );

  test("asks again for a client that its own run has changed", async () => {
    await start();
    const { resource } = await deployed();
    const run = host();
    await resource.refresh(run);
    await resource.up(run, declare({ name: "CRM Sync" }));
    await resource.refresh(run);
    expect(resource.state?.outputs.name).toBe("CRM Sync");
  });

  test("tells of a client that a broken run left behind, and the next update deletes it", async () => {
    const { faults, warnings } = await start();
    const { resource, id } = await deployed();
    const other = { authorizedGrantType: "CODE", roles: undefined, scope: ["users"] };
    faults.add({ method: "POST", route, fault: { kind: "dropAfter" }, times: 1 });
    faults.add({ method: "GET", route, skip: 1, fault: { kind: "status", status: 503 } });
    await expect(resource.up(host(), declare(other))).rejects.toThrow();
    faults.clear();
    expect(own()).toHaveLength(2);

    await resource.refresh(host());
    expect(warnings.at(-1)).toMatch(/made for guard:acme.*the next update deletes it/);
    await resource.up(host(), declare());
    expect(own().map((client) => client.id)).toEqual([id]);
    expect(resource.state?.outputs).not.toHaveProperty("strays");
  });

  test("keeps a client that a broken run left behind and that is in use all the same", async () => {
    const { world, warnings } = await start({ switches: { usageDelaySeconds: 0 } });
    const { resource, id } = await deployed();
    const used = world.addClient({ name: "Old", description: `${owner}#0` });
    world.usage.record({ clientId: used.id, templateUri: "/api/v2/users", httpMethod: "GET", status: 200 });
    await resource.refresh(host());
    await resource.up(host(), declare({ name: "Renamed" }));
    expect(own().map((client) => client.id)).toEqual([id, used.id]);
    expect(warnings.at(-1)).toMatch(/is in use \(1 requests\).*It stays/);
  });

  test("does not wait for the ghost of a client that the platform is about to delete", async () => {
    const { world } = await start();
    const { resource } = await deployed();
    world.addClient({
      name: "Old",
      description: `${owner}#0`,
      state: "inactive",
      dateToDelete: "2027-01-01T00:00:00.000Z",
    });
    await resource.refresh(host());
    expect(await resource.changes(host(), declare())).toBe(false);
  });
});

describe("delete", () => {
  const switches = [
    {},
    { deletedClientReads: "deletedState" as const },
    { inactiveSchedulesDeletion: false },
    { deleteOfOldClient: "immediate" as const },
    { updateNeedsRoles: false, secretResetNeedsRoles: false },
  ];
  test.each(switches)("leaves nothing behind with the switches %j", async (positions) => {
    await start({ switches: positions });
    const { resource, client } = await deployed();
    await resource.destroy(host());
    expect(client()).toBeUndefined();
  });

  test("accepts that the platform takes seven days for a client older than thirty", async () => {
    let now = Date.now();
    await start({ clock: () => now });
    const { resource, client } = await deployed();
    now += 31 * 24 * 3600 * 1000;
    await resource.destroy(host());
    expect(client()).toMatchObject({ state: "inactive", dateToDelete: expect.any(String) });
  });

  test.each(["GET", "PUT", "DELETE"])("is done where the client vanishes before the %s", async (method) => {
    const { world, faults } = await start();
    const { resource, id } = await deployed();
    const remove = faults.next.bind(faults);
    faults.next = (called, where) => {
      if (called === method && where === `${route}/{clientId}` && world.clients.has(id))
        world.deleteClient(id);
      return remove(called, where);
    };
    await resource.destroy(host());
    expect(world.clients.has(id)).toBe(false);
  });

  test("finds a client that a read does not show yet", async () => {
    await start({ lag: { gets: 3 } });
    const { resource, client } = await deployed();
    await resource.destroy(host());
    expect(client()).toBeUndefined();
  });

  test("says so where the platform goes on showing the client", async () => {
    await start({ lag: { gets: 30 }, switches: { inactiveSchedulesDeletion: false } });
    const { resource, id } = await deployed();
    for (let i = 0; i < 30; i += 1) organisation.world.clients.read(id);
    await expect(resource.destroy(host())).rejects.toThrow(/still shows it/);
  });

  test("leaves alone a client that another creation of the resource has taken over", async () => {
    const { world, warnings } = await start();
    const { resource, id } = await deployed();
    world.clients.edit(id, { description: `${owner}#another` });
    await resource.destroy(host());
    expect(world.clients.get(id)?.state).toBe("active");
    expect(warnings).toEqual([expect.stringContaining("taken over")]);
  });

  test("leaves alone a client that its own run took over, though the platform does not show it yet", async () => {
    const { world, warnings } = await start();
    const { resource, id } = await deployed();
    // The engine replaces a resource by force, whose declaration adopts the same client.
    const run = host();
    const before = resource.state?.outputs;
    if (before === undefined) throw new Error("not deployed");
    const { inputs } = await run.check({}, declare({ adoptId: id }));
    await run.create(inputs);
    world.clients.edit(id, { description: String(before.marker) });
    await run.delete(id, before);
    expect(world.clients.get(id)?.state).toBe("active");
    expect(warnings).toEqual([expect.stringContaining("taken over")]);
  });

  test("deletes the client of the state even if somebody took its marker away", async () => {
    const { world } = await start();
    const { resource, id } = await deployed();
    world.clients.edit(id, { description: "Edited" });
    await resource.destroy(host());
    expect(world.clients.has(id)).toBe(false);
  });

  test("deletes a client that has lost its roles", async () => {
    const { world } = await start();
    const { resource, id } = await deployed();
    world.deleteRole(world.roleNamed("CRM Reader")?.id ?? "");
    expect(world.clients.get(id)?.grants).toEqual([]);
    await resource.destroy(host());
    expect(world.clients.has(id)).toBe(false);
  });

  test("passes on a refusal", async () => {
    const { faults } = await start();
    const { resource } = await deployed();
    faults.add({ method: "GET", route: `${route}/{clientId}`, fault: { kind: "status", status: 503 } });
    await expect(resource.destroy(host())).rejects.toThrow(/OAuth client/);
  });
});

describe("the allowlist of a client", () => {
  const args = { allowedIps: ["52.204.2.0/24", "egress:primary"], egress: { primary: ["52.204.1.7"] } };

  test("is sent where the platform has it, and drift in it is found", async () => {
    const { world } = await start({ switches: { clientAllowlist: "mandatory" } });
    const enforced = { ...args, allowlistEnforcement: "client" };
    const { resource, id, client } = await deployed(enforced);
    expect(client()?.allowlist).toEqual(["52.204.1.7/32", "52.204.2.0/24"]);
    await resource.refresh(host());
    expect(resource.state?.outputs.allowedIps).toEqual(args.allowedIps);
    expect(await resource.changes(host(), declare(enforced))).toBe(false);

    world.clients.edit(id, { allowlist: ["8.8.8.0/24"] });
    await resource.refresh(host());
    expect(resource.state?.outputs.allowedIps).toEqual(["8.8.8.0/24"]);
    await resource.up(host(), declare(enforced));
    expect(client()?.allowlist).toEqual(["52.204.1.7/32", "52.204.2.0/24"]);
    await resource.destroy(host());
    expect(client()).toBeUndefined();
  });

  test("is not sent where it is only declared", async () => {
    const { world } = await start({ switches: { clientAllowlist: "optional" } });
    const { client } = await deployed(args);
    expect(client()).not.toHaveProperty("allowlist");
    expect(world.ignoredFields).toEqual([]);
  });

  test("of an adopted client without one is seen as empty", async () => {
    const { world } = await start();
    const { id: adoptId } = world.addClient({ name: "By hand", grants: [] });
    const { resource } = await deployed({ adoptId, allowlistEnforcement: "client" });
    await resource.refresh(host());
    expect(resource.state?.outputs).not.toHaveProperty("allowedIps");
  });
});
