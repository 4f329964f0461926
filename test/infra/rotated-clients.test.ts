import * as v from "valibot";
import { type LeakConfig, leakSchema } from "../../infra/config/leak-schema.ts";
import { isRotated, rolesOf, rotationOf } from "../../infra/config/rotated-clients.ts";
import { parseConfig } from "../../infra/config.ts";

const client = (id: string, roles: unknown[], change: object = {}) => ({
  id,
  name: id,
  team: "crm",
  roles,
  ...change,
});

const { clients, decoys } = parseConfig({
  region: "us-east-1",
  clients: [
    client("master", ["Rotator"]),
    client("deploy", ["Deployer"]),
    client("crm", ["Reader", "Writer"]),
    client("sales", ["Reader", { role: "Reader", division: "Sales" }]),
    client("adopted", ["Legacy"], { adoptId: "7de3af06-c0b3-4f9b-af45-72f4a1403797" }),
    client("portal", [], { grantType: "CODE", scope: ["users"], redirectUris: ["https://a.b/c"] }),
  ],
  decoys: [{ id: "bait", name: "Bait", roles: ["Bait Reader"] }],
});

const functions = { masterClient: "master", deployClient: "deploy", logRetentionDays: 90 };

const rolesOfClient = (id: string, leak?: LeakConfig) =>
  clients.flatMap((each) =>
    each.id === id
      ? rolesOf(each, { functions, leak }, clients, decoys).map(({ role, division }) =>
          division === undefined ? role : `${role} in ${division}`,
        )
      : [],
  );

test("only clients of the stack's making with client credentials are rotated", () => {
  expect(clients.filter(isRotated).map(({ id }) => id)).toEqual(["master", "deploy", "crm", "sales"]);
});

test("the master holds what it gives, in the same division, and nothing of the deploy client's", () => {
  expect(rolesOfClient("master")).toEqual(["Rotator", "Reader", "Writer", "Reader in Sales"]);
});

test("the deploy client holds what any client or decoy of the stack gets", () => {
  expect(rolesOfClient("deploy")).toEqual([
    "Deployer",
    "Rotator",
    "Reader",
    "Writer",
    "Reader in Sales",
    "Legacy",
    "Bait Reader",
  ]);
});

test("the master that answers leaks holds also what the clients have that it only stops", () => {
  const leak = v.parse(leakSchema, {
    slack: { securityChannel: "security", developerChannel: "engineering" },
    siem: { kind: "splunk", url: "https://siem.acme.com" },
  });
  expect(rolesOfClient("master", leak)).toEqual(["Rotator", "Reader", "Writer", "Reader in Sales", "Legacy"]);
});

test("every other client has the roles that it was declared with", () => {
  expect(rolesOfClient("crm")).toEqual(["Reader", "Writer"]);
});

test("a client that says nothing of its rotation has the default", () => {
  expect(clients.map((each) => rotationOf(each).intervalHours)).toEqual([168, 168, 168, 168, 168, 168]);
});
