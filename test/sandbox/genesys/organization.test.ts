import type { Models } from "purecloud-platform-client-v2";
import { startCaller, stopSimulators } from "./caller.ts";
import { assumed, sources, verified } from "./marks.ts";

afterEach(stopSimulators);

const settingsPath = "/api/v2/organizations/authentication/settings";
const limitsPath = "/api/v2/organizations/limits/namespaces";

test("the organisation says who it is, and its limits", async () => {
  const { call, world } = await startCaller({ clientQuota: 42 });
  const me = await call<Models.Organization>("GET", "/api/v2/organizations/me");
  expect(me.body).toMatchObject({ id: world.organization.id, state: "active" });
  const namespaces = await call<{ entities: string[] }>("GET", limitsPath);
  expect(namespaces.body.entities).toContain("auth.api");
  const limits = await call<Models.LimitsEntityListing>("GET", `${limitsPath}/auth.api`);
  expect(limits.body.entities).toEqual([{ namespace: "auth.api", key: expect.any(String), value: 42 }]);
  expect((await call("GET", `${limitsPath}/none`)).status).toBe(404);
});

test("a setting of the wrong type is a 400", async () => {
  const { call } = await startCaller();
  for (const body of [
    { universalLogout: "yes" },
    { ipAddressAllowlist: "52.204.1.0/24" },
    { domainAllowlist: [1] },
  ]) {
    expect((await call("PATCH", settingsPath, body)).status).toBe(400);
  }
});

assumed("a change of one setting leaves the others alone", async () => {
  const { call, world } = await startCaller();
  world.settings.edit("authentication", { multifactorAuthenticationRequired: true });
  const { body } = await call<Models.OrgAuthSettings>("PATCH", settingsPath, {
    ipAddressAllowlist: ["52.204.1.0/24"],
  });
  expect(body).toMatchObject({
    multifactorAuthenticationRequired: true,
    ipAddressAllowlist: ["52.204.1.0/24"],
    passwordRequirements: { minimumLength: 12 },
  });
  expect(body).not.toHaveProperty("id");
  const more = {
    universalLogout: true,
    domainAllowlist: ["acme.example"],
    passwordRequirements: { minimumLength: 16 },
    tokenStorageLocation: "sessionStorage",
  };
  await call("PATCH", settingsPath, more);
  expect((await call<Models.OrgAuthSettings>("GET", settingsPath)).body).toMatchObject({
    ...more,
    ipAddressAllowlist: ["52.204.1.0/24"],
  });
});

describe("the allowlist", () => {
  const networks = (count: number) => [
    "52.204.1.10/32",
    ...Array.from({ length: count - 1 }, (_, i) => `52.${Math.floor(i / 250)}.${i % 250}.0/24`),
  ];

  verified(sources.help, "takes 150 networks, not 151", async () => {
    const { call } = await startCaller();
    expect((await call("PATCH", settingsPath, { ipAddressAllowlist: networks(150) })).status).toBe(200);
    expect((await call("PATCH", settingsPath, { ipAddressAllowlist: networks(151) })).status).toBe(400);
  });

  test.each([
    ["IPv6", ["2600:1f18::/32"]],
    ["a private network", ["10.0.0.0/8"]],
    ["loopback", ["127.0.0.1"]],
    ["no address", ["office"]],
    ["too long a prefix", ["52.204.1.0/33"]],
    ["only strangers", ["44.232.17.20/32"]],
  ])("refuses %s", async (_case, others) => {
    const { call, world } = await startCaller();
    const ipAddressAllowlist = others[0] === "44.232.17.20/32" ? others : ["52.204.1.10", ...others];
    expect((await call("PATCH", settingsPath, { ipAddressAllowlist })).status).toBe(400);
    expect(world.isPristine()).toBe(true);
  });

  verified(
    sources.help,
    "shuts out every other address, from tokens and from calls; empty is open",
    async () => {
      const { call, genesys, requestToken } = await startCaller();
      await call("PATCH", settingsPath, { ipAddressAllowlist: ["52.204.1.0/24"] });
      const stranger = { "x-forwarded-for": "44.232.17.20" };
      expect((await requestToken(genesys.credentials, stranger)).status).toBe(400);
      expect((await call("GET", settingsPath, undefined, stranger)).status).toBe(401);
      expect((await requestToken(genesys.credentials)).status).toBe(200);
      await call("PATCH", settingsPath, { ipAddressAllowlist: [] });
      expect((await requestToken(genesys.credentials, stranger)).status).toBe(200);
      expect((await call("GET", settingsPath, undefined, stranger)).status).toBe(200);
    },
  );
});
