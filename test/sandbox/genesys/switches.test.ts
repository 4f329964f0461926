import type { Models } from "purecloud-platform-client-v2";
import { defaultSwitches, type GenesysSwitches } from "../../../sandbox/genesys/index.ts";
import { type Caller, clientsPath, daySeconds, startCaller, stopSimulators } from "./caller.ts";

afterEach(stopSimulators);

type Client = Models.OAuthClient;
type Positions = Partial<GenesysSwitches>;
const tested: string[] = [];

/** Runs a story at the positions of a switch; each must end as said. */
const positions = <K extends keyof GenesysSwitches>(
  name: K,
  outcomes: readonly (readonly [position: GenesysSwitches[K], outcome: unknown])[],
  story: (switches: Positions) => Promise<unknown>,
): void => {
  tested.push(name);
  describe(name, () => {
    test.each(outcomes)("at %j", async (position, outcome) => {
      expect(await story({ [name]: position } as Positions)).toEqual(outcome);
    });
    test("is tested at its default and at every other position", () => {
      const told = outcomes.map(([position]) => position);
      expect(told).toContain(defaultSwitches[name]);
      expect(new Set(told).size).toBeGreaterThan(1);
    });
  });
};

/** The status of a token that a client got before something happened to it, after that. */
const tokenAfter = async (
  switches: Positions,
  change: (caller: Caller, clientId: string) => Promise<unknown>,
): Promise<number> => {
  const caller = await startCaller({ switches });
  const { id } = await caller.createClient();
  const token = await caller.tokenOf(id);
  await change(caller, id);
  return (await caller.send(token, "GET", "/api/v2/organizations/me")).status;
};

const deactivate = ({ call, clientBody }: Caller, id: string) =>
  call<Client>("PUT", `${clientsPath}/${id}`, clientBody({ state: "inactive" }));

positions(
  "tenantMaySetDisabled",
  [
    [false, 400],
    [true, 200],
  ],
  async (switches) => {
    const { call, clientBody, createClient } = await startCaller({ switches });
    const { id } = await createClient();
    return (await call("PUT", `${clientsPath}/${id}`, clientBody({ state: "disabled" }))).status;
  },
);

positions(
  "inactiveKeepsTokens",
  [
    [true, 200],
    [false, 401],
  ],
  (switches) => tokenAfter(switches, deactivate),
);

positions(
  "deletedClientKeepsTokens",
  [
    [true, 200],
    [false, 401],
  ],
  (switches) =>
    tokenAfter(switches, async (caller, id) => {
      await deactivate(caller, id);
      await caller.call("DELETE", `${clientsPath}/${id}`);
    }),
);

positions(
  "secretResetKillsTokens",
  [
    [false, 200],
    [true, 401],
  ],
  (switches) => tokenAfter(switches, ({ call }, id) => call("POST", `${clientsPath}/${id}/secret`)),
);

positions(
  "inactiveSchedulesDeletion",
  [
    [true, 404],
    [false, 200],
  ],
  async (switches) => {
    const caller = await startCaller({ switches });
    const { id } = await caller.createClient();
    const { body } = await deactivate(caller, id);
    expect(body.dateToDelete !== undefined).toBe(switches.inactiveSchedulesDeletion);
    caller.clock.pass(7 * daySeconds);
    return (await caller.call("GET", `${clientsPath}/${id}`)).status;
  },
);

positions(
  "dateToDeleteNeedsInactive",
  [
    [true, 400],
    [false, 200],
  ],
  async (switches) => {
    const { call, clientBody, clock } = await startCaller({ switches });
    const dateToDelete = new Date(clock.now + 1000).toISOString();
    return (await call("POST", clientsPath, clientBody({ dateToDelete }))).status;
  },
);

positions(
  "deleteOfOldClient",
  [
    ["scheduled", ["inactive", 404]],
    ["immediate", [404, 404]],
  ],
  async (switches) => {
    const caller = await startCaller({ switches });
    const { call, clock } = caller;
    const { id } = await caller.createClient();
    clock.pass(31 * daySeconds);
    await deactivate(caller, id);
    expect((await call("DELETE", `${clientsPath}/${id}`)).status).toBe(204);
    const soon = await call<Client>("GET", `${clientsPath}/${id}`);
    clock.pass(7 * daySeconds);
    const later = await call("GET", `${clientsPath}/${id}`);
    return [soon.status === 200 ? soon.body.state : soon.status, later.status];
  },
);

positions(
  "deletedClientReads",
  [
    ["notFound", 404],
    ["deletedState", "deleted"],
  ],
  async (switches) => {
    const caller = await startCaller({ switches });
    const { id } = await caller.createClient();
    await deactivate(caller, id);
    await caller.call("DELETE", `${clientsPath}/${id}`);
    const { status, body } = await caller.call<Client>("GET", `${clientsPath}/${id}`);
    return status === 200 ? body.state : status;
  },
);

/** The status of a call on a client whose role the caller does not hold. */
const onForeignClient = async (
  switches: Positions,
  method: string,
  path: (id: string) => string,
  body?: unknown,
): Promise<number> => {
  const { world, call, clientBody } = await startCaller({ switches });
  const foreign = world.addRole("Foreign");
  const client = world.addClient({ name: "foreign", grants: [world.grant(foreign.id, "*")] });
  return (await call(method, path(client.id), body ?? clientBody())).status;
};

positions(
  "updateNeedsRoles",
  [
    [true, 403],
    [false, 200],
  ],
  (switches) => onForeignClient(switches, "PUT", (id) => `${clientsPath}/${id}`),
);

positions(
  "secretResetNeedsRoles",
  [
    [true, 403],
    [false, 200],
  ],
  (switches) => onForeignClient(switches, "POST", (id) => `${clientsPath}/${id}/secret`),
);

positions(
  "grantNeedsRoles",
  [
    [false, 204],
    [true, 403],
  ],
  async (switches) => {
    const { world, call, genesys } = await startCaller({ switches });
    const role = world.addRole("New role");
    const path = `/api/v2/authorization/subjects/${genesys.credentials.clientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`;
    return (await call("POST", path, { grants: [{ roleId: role.id, divisionId: "*" }] })).status;
  },
);

positions(
  "secretInReads",
  [
    [false, [false, false, false]],
    [true, [true, true, true]],
  ],
  async (switches) => {
    const { call, clientBody, createClient } = await startCaller({ switches });
    const { id, secret } = await createClient();
    const answers = [
      await call("GET", clientsPath),
      await call("GET", `${clientsPath}/${id}`),
      await call("PUT", `${clientsPath}/${id}`, clientBody()),
    ];
    return answers.map(({ body }) => JSON.stringify(body).includes(secret));
  },
);

positions(
  "clientList",
  [
    ["complete", [31, 31, undefined]],
    ["firstPage", [25, 31, `${clientsPath}?pageSize=25&pageNumber=2`]],
  ],
  async (switches) => {
    const { call, world } = await startCaller({ switches });
    for (let i = 0; i < 30; i++) world.addClient({ name: `client ${i}` });
    // The operation takes no parameters: asking for the second page gives the first.
    const { body } = await call<Models.OAuthClientEntityListing>("GET", `${clientsPath}?pageNumber=2`);
    expect(body.pageNumber).toBe(1);
    return [body.entities?.length, body.total, body.nextUri];
  },
);

positions(
  "implicitGrantForNewClients",
  [
    [false, 400],
    [true, 200],
  ],
  async (switches) => {
    const { call, world } = await startCaller({ switches });
    const body = { name: "old app", authorizedGrantType: "TOKEN", scope: ["users"] };
    // One that exists can still be changed.
    const old = world.addClient({ name: "old", authorizedGrantType: "TOKEN", scope: ["users"] });
    expect((await call("PUT", `${clientsPath}/${old.id}`, body)).status).toBe(200);
    return (await call("POST", clientsPath, body)).status;
  },
);

positions(
  "unknownFields",
  [
    ["ignored", [200, ["allowedIps"]]],
    ["refused", [400, []]],
  ],
  async (switches) => {
    const { call, clientBody, world } = await startCaller({ switches });
    const { status } = await call("POST", clientsPath, clientBody({ allowedIps: ["52.204.1.0/24"] }));
    return [status, world.ignoredFields.map(({ field }) => field)];
  },
);

positions(
  "versionMismatchStatus",
  [
    [409, 409],
    [400, 400],
  ],
  async (switches) => {
    const { call, world } = await startCaller({ switches });
    const user = world.addUser({ name: "System Backup", email: "backup@acme.example" });
    world.users.edit(user.id, { title: "by hand" });
    const { status, body } = await call("PATCH", `/api/v2/users/${user.id}`, { version: 1, title: "x" });
    expect(body.message).toContain("does not match the current version");
    return status;
  },
);

positions(
  "newUserState",
  [
    ["inactive", "inactive"],
    ["active", "active"],
  ],
  async (switches) => {
    const { call, world } = await startCaller({ switches });
    const body = { name: "System Backup", email: "backup@acme.example", divisionId: world.homeDivisionId };
    return (await call<Models.User>("POST", "/api/v2/users", body)).body.state;
  },
);

positions(
  "deniedAddress",
  [
    ["invalidClient", [400, "invalid_client", 401]],
    ["unauthorized", [401, "unauthorized", 401]],
    ["forbidden", [403, "access_denied", 403]],
  ],
  async (switches) => {
    const { call, genesys, requestToken, world } = await startCaller({ switches });
    world.settings.edit("authentication", { ipAddressAllowlist: ["52.204.1.0/24"] });
    const from = { "x-forwarded-for": "198.51.100.7" };
    const { status, body } = await requestToken(genesys.credentials, from);
    return [status, body.error, (await call("GET", clientsPath, undefined, from)).status];
  },
);

positions(
  "clientAllowlist",
  [
    ["unavailable", [200, 200, undefined, 200, 200]],
    ["optional", [200, 200, ["52.204.1.0/24"], 400, 400]],
    ["mandatory", [400, 200, ["52.204.1.0/24"], 400, 400]],
  ],
  async (switches) => {
    const { call, clientBody, requestToken } = await startCaller({
      switches,
      clientAllowlistField: "allowedNetworks",
    });
    const without = await call("POST", clientsPath, clientBody());
    const body = clientBody({ allowedNetworks: ["52.204.1.0/24"] });
    const { status, body: created } = await call<Client & { allowedNetworks?: string[] }>(
      "POST",
      clientsPath,
      body,
    );
    const login = { clientId: created.id ?? "", clientSecret: created.secret ?? "" };
    expect((await requestToken(login)).status).toBe(200);
    const stranger = await requestToken(login, { "x-forwarded-for": "198.51.100.7" });
    const unusable = await call("POST", clientsPath, clientBody({ allowedNetworks: ["10.0.0.0/8"] }));
    return [without.status, status, created.allowedNetworks, stranger.status, unusable.status];
  },
);

/** The audited actions on access tokens after a story. */
const tokenAudits = async (
  switches: Positions,
  story: (caller: Caller) => Promise<unknown>,
): Promise<unknown> => {
  const caller = await startCaller({ switches });
  const before = caller.world.audits.all.length;
  await story(caller);
  return caller.world.audits.all
    .slice(before)
    .map(({ entityType, action, status, remoteIp }) => [entityType, action, status, remoteIp]);
};

positions(
  "auditTokenGrants",
  [
    [false, []],
    [true, [["AccessToken", "Create", "SUCCESS", ["52.204.1.10"]]]],
  ],
  (switches) => tokenAudits(switches, ({ genesys, requestToken }) => requestToken(genesys.credentials)),
);

const failure = ["AccessToken", "AuthenticationFailed", "FAILURE"];

positions(
  "auditFailedGrants",
  [
    [false, []],
    [true, [[...failure, ["52.204.1.10"]]]],
  ],
  (switches) =>
    tokenAudits(switches, ({ genesys, requestToken }) =>
      requestToken({ ...genesys.credentials, clientSecret: "wrong" }),
    ),
);

positions(
  "auditDeniedAddresses",
  [
    [false, []],
    [true, [[...failure, ["198.51.100.7"]]]],
  ],
  async (switches) =>
    (
      (await tokenAudits(switches, ({ genesys, requestToken, world }) => {
        world.settings.edit("authentication", { ipAddressAllowlist: ["52.204.1.0/24"] });
        return requestToken(genesys.credentials, { "x-forwarded-for": "198.51.100.7" });
      })) as unknown[][]
    ).filter(([entityType]) => entityType === "AccessToken"),
);

positions(
  "auditReads",
  [
    [false, []],
    [true, ["User View", "User View", "Queue View", "Queue View"]],
  ],
  async (switches) => {
    const { call, world } = await startCaller({ switches });
    const user = world.addUser({ name: "System Backup", email: "backup@acme.example" });
    const queue = world.addQueue({ name: "Executive Line" });
    const before = world.audits.all.length;
    await call("GET", "/api/v2/users");
    await call("GET", `/api/v2/users/${user.id}`);
    await call("GET", "/api/v2/routing/queues");
    await call("GET", `/api/v2/routing/queues/${queue.id}`);
    return world.audits.all.slice(before).map(({ entityType, action }) => `${entityType} ${action}`);
  },
);

positions(
  "secretResetAction",
  [
    ["Update", "Update"],
    ["Reset", "Reset"],
  ],
  async (switches) => {
    const { call, createClient, world } = await startCaller({ switches });
    const { id } = await createClient();
    await call("POST", `${clientsPath}/${id}/secret`);
    const row = world.audits.all.at(-1);
    expect(row).toMatchObject({ entityType: "OAuthClient", entity: { id }, propertyChanges: [] });
    return row?.action;
  },
);

positions(
  "usageDelaySeconds",
  [
    [3600, [0, 1]],
    [0, [1, 1]],
  ],
  async (switches) => {
    const { call, clock, createClient, send, tokenOf } = await startCaller({ switches });
    const { id } = await createClient();
    await send(await tokenOf(id), "GET", "/api/v2/organizations/me");
    const requests = async () => {
      const day = new Date(clock.now).toISOString().slice(0, 10);
      const body = { interval: `${day}T00:00:00Z/${day}T23:59:59Z` };
      const started = await call<Models.UsageExecutionResult>(
        "POST",
        `${clientsPath}/${id}/usage/query`,
        body,
      );
      const uri = started.body.resultsUri ?? "";
      await call("GET", uri);
      const { body: result } = await call<Models.ApiUsageQueryResult>("GET", uri);
      return result.results?.[0]?.requests ?? 0;
    };
    const atOnce = await requests();
    clock.pass(3600);
    return [atOnce, await requests()];
  },
);

test("every switch is tested here", () => {
  expect(tested.sort()).toEqual(Object.keys(defaultSwitches).sort());
});
