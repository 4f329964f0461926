import type { GenesysApi, OAuthClient } from "../../../apis/genesys/api.ts";
import { createListing } from "../../../providers/dynamic/listing.ts";
import { createClientInventory } from "../../../providers/genesys/client/client-inventory.ts";
import { createPatience, permissionWaitsMilliseconds } from "../../../providers/genesys/patience.ts";
import { createSession } from "../../../providers/genesys/session.ts";
import { type Organisation, startOrganisation } from "./organisation.ts";

describe("a listing", () => {
  test("serves everyone with one call until it is dropped", async () => {
    let calls = 0;
    const listing = createListing(async () => [++calls]);
    expect(await Promise.all([listing.get(), listing.get()])).toEqual([[1], [1]]);
    expect(await listing.get()).toEqual([1]);
    listing.drop();
    expect(await listing.get()).toEqual([2]);
  });

  test("asks again after a failure", async () => {
    let calls = 0;
    const listing = createListing(async () => {
      calls += 1;
      if (calls === 1) throw new Error("down");
      return [calls];
    });
    await expect(listing.get()).rejects.toThrow("down");
    expect(await listing.get()).toEqual([2]);
  });

  test("that fails late does not undo a newer one", async () => {
    const failures: ((error: Error) => void)[] = [];
    let calls = 0;
    const listing = createListing(() => {
      calls += 1;
      return calls === 1 ? new Promise<number[]>((_, fail) => failures.push(fail)) : Promise.resolve([calls]);
    });
    const first = listing.get();
    listing.drop();
    await listing.get();
    failures[0]?.(new Error("down"));
    await expect(first).rejects.toThrow("down");
    expect(await listing.get()).toEqual([2]);
  });
});

describe("the inventory of clients", () => {
  const inventory = (lists: (() => OAuthClient[])[]) => {
    const api = { oauthClients: { list: async () => lists.shift()?.() ?? [] } } as unknown as GenesysApi;
    return createClientInventory(api);
  };
  const client = { id: "1", name: "CRM", authorizedGrantType: "CODE" };

  test("knows what was listed, and nothing that was changed since", async () => {
    const clients = inventory([() => [client]]);
    expect(await clients.listed("1")).toEqual(client);
    expect(await clients.listed("2")).toBeUndefined();
    clients.changed("1");
    expect(await clients.listed("1")).toBeUndefined();
    expect(await clients.all()).toEqual([client]);
  });

  test("asks again after a failure", async () => {
    const clients = inventory([
      () => {
        throw new Error("down");
      },
      () => [client],
    ]);
    await expect(clients.listed("1")).rejects.toThrow("down");
    expect(await clients.listed("1")).toEqual(client);
  });

  test("shows what is now, to all who ask at once", async () => {
    const clients = inventory([() => [], () => [client]]);
    await clients.all();
    expect(await Promise.all([clients.now(), clients.now()])).toEqual([[client], [client]]);
    expect(await clients.now()).toEqual([]);
  });
});

describe("patience", () => {
  test("ends with the first look that finds something, or with the last", async () => {
    const waits: number[] = [];
    const patience = createPatience(async (milliseconds) => waits.push(milliseconds));
    let looks = 0;
    expect(await patience.until(async () => (++looks === 3 ? "found" : undefined))).toBe("found");
    expect(waits).toEqual([500, 1000]);
    expect(await patience.until(async () => undefined, [1, 2])).toBeUndefined();
    expect(waits).toEqual([500, 1000, 1, 2]);
  });

  test("waits five minutes for permissions", () => {
    expect(permissionWaitsMilliseconds.reduce((a, b) => a + b)).toBe(300_000);
  });
});

describe("names", () => {
  let organisation: Organisation;
  afterEach(() => organisation.close());

  test("of roles made a moment ago are found after a while", async () => {
    organisation = await startOrganisation({ lag: { lists: 3 } });
    const { roles, divisions } = organisation.session();
    for (let i = 0; i < 3; i += 1) organisation.world.roles.list();
    const late = organisation.world.addRole("Late");
    expect(await roles.idOf("Late")).toBe(late.id);
    expect(await roles.nameOf(late.id)).toBe("Late");
    await expect(roles.idOf("Never")).rejects.toThrow(/no role named "Never"/);
    expect(await divisions.nameOf("gone")).toBeUndefined();
  });

  test("are listed once for all", async () => {
    organisation = await startOrganisation();
    const { roles, divisions } = organisation.session();
    organisation.calls.reset();
    await Promise.all([
      roles.idOf("Supervisor"),
      roles.idOf("Developer"),
      divisions.home(),
      divisions.home(),
    ]);
    expect(organisation.calls.byRoute()).toMatchObject({
      "GET /api/v2/authorization/roles": 1,
      "GET /api/v2/authorization/divisions/home": 1,
    });
  });

  test("fail where the home division has no id", async () => {
    organisation = await startOrganisation();
    const api = { divisions: { home: async () => ({}) } } as unknown as GenesysApi;
    await expect(createSession(api).divisions.home()).rejects.toThrow(/no id/);
  });
});

test("a session makes no call and reads no environment until it has to", () => {
  const session = createSession({} as GenesysApi);
  expect(session.newToken()).toMatch(/^[0-9a-f]{16}$/);
  expect(session.claimed.size).toBe(0);
});
