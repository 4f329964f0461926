import { markerPrefix } from "../../../../core/marker.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import type { ClientOutputs } from "../../../../providers/genesys/client/client-inputs.ts";
import {
  createDecoyClientProvider,
  type DecoyClientInputs,
} from "../../../../providers/genesys/client/decoy-client-provider.ts";
import { AdministrativeRoleError } from "../../../../providers/genesys/errors.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const ownerNamed = (logicalName: string) =>
  markerPrefix({ organization: "acme", project: "credentials", stack: "prod", logicalName });
const declare = (args: object = {}): DecoyClientInputs =>
  ({
    owner: ownerNamed("legacy-crm"),
    name: "Legacy CRM Sync",
    roles: [{ role: "CRM Reader" }],
    ...args,
  }) as DecoyClientInputs;

let organisation: Organisation;
const start = async (options: GenesysOptions = {}) => {
  organisation = await startOrganisation({
    roles: [
      {
        name: "CRM Reader",
        permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
      },
      {
        name: "CRM Keeper",
        permissionPolicies: [{ domain: "oauth", entityName: "client", actionSet: ["view", "add"] }],
      },
    ],
    ...options,
  });
};
beforeEach(() => start());
afterEach(() => organisation.close());

const host = () => {
  const session = organisation.session();
  return createDecoyClientProvider(() => session);
};

describe("check", () => {
  test("gives a decoy the shortest life by default", async () => {
    const { inputs, failures } = await host().check({}, declare());
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({
      authorizedGrantType: "CLIENT-CREDENTIALS",
      accessTokenValiditySeconds: 300,
      secretGeneration: 0,
    });
  });

  test.each([
    ["a life of more than an hour", { accessTokenValiditySeconds: 3601 }, "accessTokenValiditySeconds"],
    ["a grant that is no bait", { authorizedGrantType: "PASSWORD" }, "authorizedGrantType"],
    [
      "an administrative scope",
      { authorizedGrantType: "CODE", roles: undefined, scope: ["users", "oauth"] },
      "scope[1]",
    ],
    ["an administrative role", { roles: [{ role: "Master Admin" }] }, "roles[0].role"],
    ["a name that betrays the trap", { name: "CRM Honeypot" }, "name"],
    ["a description that does", { description: "Bait for intruders" }, "description"],
    ["a logical name that does: the marker shows it", { owner: ownerNamed("decoy-crm") }, "owner"],
    ["an allowlist, which would keep intruders away", { allowedIps: ["52.204.1.7"] }, "allowedIps"],
    ["a state", { state: "inactive" }, "state"],
  ])("refuses %s", async (_what, args, property) => {
    const { failures } = await host().check({}, declare(args));
    expect(failures.map((failure) => failure.property)).toContain(property);
  });

  test.each([
    ["a name", { name: unknown }],
    ["scopes", { authorizedGrantType: "CODE", roles: undefined, scope: [unknown] }],
    ["a role", { roles: [{ role: unknown }, unknown] }],
    ["an owner of another form", { owner: "guard:a/b/c/honeypot" }],
  ])("lets %s pass that it cannot judge", async (_what, args) => {
    expect((await host().check({}, declare(args))).failures).toEqual([]);
  });
});

describe("a decoy", () => {
  const deploy = async (args: object = {}) => {
    const resource = new ResourceUnderEngine<DecoyClientInputs, ClientOutputs>();
    await resource.up(host(), declare(args));
    return resource;
  };
  const decoys = () => organisation.world.clients.all().filter(({ name }) => name === "Legacy CRM Sync");

  test("lives from create to delete", async () => {
    const resource = await deploy();
    expect(decoys()).toMatchObject([{ accessTokenValiditySeconds: 300, state: "active" }]);
    expect(resource.state?.outputs.clientSecret).toBe(decoys()[0]?.secret);
    await resource.refresh(host());
    expect(await resource.changes(host(), declare())).toBe(false);
    await resource.destroy(host());
    expect(decoys()).toEqual([]);
  });

  test("is made active again when somebody disabled it", async () => {
    const resource = await deploy();
    organisation.world.clients.edit(resource.state?.id ?? "", { state: "disabled" });
    await resource.refresh(host());
    expect(await resource.changes(host(), declare())).toBe(true);
    await resource.up(host(), declare());
    expect(decoys()).toMatchObject([{ state: "active" }]);
  });

  test("gets no role that administers, whatever the role is called", async () => {
    const refused = deploy({ roles: [{ role: "CRM Keeper" }] });
    await expect(refused).rejects.toThrow(AdministrativeRoleError);
    await expect(refused).rejects.toThrow(/"CRM Keeper": it grants oauth:client:add/);
    expect(decoys()).toEqual([]);
  });
});
