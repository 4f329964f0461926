import { createGenesysApi } from "../../../../apis/genesys/create.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import { createRotatedClientProvider } from "../../../../providers/genesys/client/rotated-client-provider.ts";
import { createSession } from "../../../../providers/genesys/session.ts";
import { owner } from "./rotated-world.ts";

const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/crm-a1B2c3";
const declared = {
  owner,
  name: "CRM Integration",
  roles: [{ role: "CRM Reader" }],
  secretArn,
  ledgerTable: "ledger",
  awsRegion: "us-east-1",
};

/** Neither method makes a call: nothing here could be called. */
const provider = () => {
  const session = createSession(createGenesysApi({ environment: {} }), { environment: {} });
  return createRotatedClientProvider(() => session);
};
const check = (args: object, olds: Partial<RotatedInputs> = {}) =>
  provider().check(olds, { ...declared, ...args } as unknown as RotatedInputs);

describe("check", () => {
  test("fills the defaults", async () => {
    const { inputs, failures } = await check({ __provider: "text" });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      ...declared,
      token: expect.stringMatching(/^[0-9a-f]{16}$/),
      accessTokenValiditySeconds: 86_400,
      allowlistEnforcement: "declared",
      rotationIntervalHours: 168,
      strategy: "blueGreenClients",
      __provider: "text",
    });
  });

  test("keeps the token of the last deployment, and gives a new credential another", async () => {
    expect((await check({}, { token: "abc" })).inputs.token).toBe("abc");
    expect((await check({})).inputs.token).not.toBe((await check({})).inputs.token);
  });

  test.each([
    ["a blank name", { name: " " }, "name"],
    ["no roles", { roles: undefined }, "roles"],
    ["an empty list of roles", { roles: [] }, "roles"],
    ["a lifetime below the platform's", { accessTokenValiditySeconds: 299 }, "accessTokenValiditySeconds"],
    [
      "a lifetime above the platform's",
      { accessTokenValiditySeconds: 172_801 },
      "accessTokenValiditySeconds",
    ],
    ["an interval that Secrets Manager does not have", { rotationIntervalHours: 3 }, "rotationIntervalHours"],
    ["an interval above 90 days", { rotationIntervalHours: 2161 }, "rotationIntervalHours"],
    ["half an hour", { rotationIntervalHours: 4.5 }, "rotationIntervalHours"],
    ["a strategy that the platform does not have", { strategy: "overlappingSecrets" }, "strategy"],
    ["a strategy that nobody knows", { strategy: "hope" }, "strategy"],
    ["a secret that is no ARN", { secretArn: "rotated/crm" }, "secretArn"],
    ["no secret", { secretArn: undefined }, "secretArn"],
    ["a table without a name", { ledgerTable: "" }, "ledgerTable"],
    ["no region", { awsRegion: undefined }, "awsRegion"],
    ["a region that is none", { awsRegion: "Frankfurt", secretArn: unknown }, "awsRegion"],
    ["a secret of another region", { awsRegion: "eu-west-1" }, "awsRegion"],
    ["an address that is none", { allowedIps: ["office"] }, "allowedIps[0]"],
    ["a description that ends in a marker", { description: "x guard:a/b/c/d#1" }, "description"],
    ["what only other clients have", { authorizedGrantType: "CODE" }, "authorizedGrantType"],
  ])("refuses %s", async (_what, args, property) => {
    const { failures } = await check(args);
    expect(failures.map((failure) => failure.property)).toEqual([property]);
    expect(failures[0]?.reason).toMatch(/[Ff]or example|Write|Give|properties are/);
  });

  test("says why a client has no second secret", async () => {
    const { failures } = await check({ strategy: "overlappingSecrets" });
    expect(failures[0]?.reason).toContain("capability dualSecrets");
  });

  test("reports every mistake at once", async () => {
    const { failures } = await check({ name: "", rotationIntervalHours: 1, strategy: "hope", typo: 1 });
    expect(failures.map(({ property }) => property).sort()).toEqual([
      "name",
      "rotationIntervalHours",
      "strategy",
      "typo",
    ]);
  });

  test.each([
    ["a secret that is still to be made", { secretArn: unknown }],
    ["a table that is still to be made", { ledgerTable: unknown }],
    ["a region that is not known yet", { awsRegion: unknown }],
    ["unknown roles", { roles: unknown }],
    ["the limits of the interval", { rotationIntervalHours: 4 }],
    ["90 days", { rotationIntervalHours: 2160 }],
    ["a rotation in place", { strategy: "inPlace" }],
    ["an ARN of another partition", { secretArn: secretArn.replace("aws:", "aws-cn:") }],
  ])("accepts %s", async (_what, args) => {
    expect((await check(args)).failures).toEqual([]);
  });
});

describe("diff", () => {
  const olds = {
    ...declared,
    token: "1",
    description: "Reads",
    accessTokenValiditySeconds: 86_400,
    allowedIps: ["52.204.1.7/32", "52.204.2.0/24"],
    allowlistEnforcement: "declared",
    rotationIntervalHours: 168,
    strategy: "blueGreenClients",
    roleDivisions: [],
  } as unknown as RotatedOutputs;
  const { roleDivisions: _, ...inputs } = olds;
  const diff = (news: object, more: object = {}) =>
    provider().diff(owner, { ...olds, ...more }, { ...inputs, ...news });

  test("sees no change in what means the same", async () => {
    expect(await diff({ allowedIps: ["52.204.2.0/24", "52.204.1.7"], token: "2" })).toEqual({
      changes: false,
      replaces: [],
    });
  });

  test.each([
    ["a name", { name: "CRM Sync" }],
    ["a description", { description: undefined }],
    ["a lifetime", { accessTokenValiditySeconds: 300 }],
    ["a role", { roles: [{ role: "Queue Viewer" }] }],
    ["an address", { allowedIps: ["52.204.2.0/24"] }],
    ["where the addresses count", { allowlistEnforcement: "organisation" }],
    ["an interval", { rotationIntervalHours: 24 }],
    ["a strategy", { strategy: "inPlace" }],
    ["a secret", { secretArn: secretArn.replace("crm", "crm2") }],
    ["a secret that is still to be made", { secretArn: unknown }],
    ["a table", { ledgerTable: "other" }],
    ["a name in the program", { owner: "guard:acme/credentials/prod/sync~0a1b2c3d" }],
  ])("sees a change of %s, and replaces nothing", async (_what, news) => {
    expect(await diff(news)).toEqual({ changes: true, replaces: [] });
  });

  test("sees what a refresh found to be repaired", async () => {
    expect(await diff({}, { repair: ["current"] })).toEqual({ changes: true, replaces: [] });
  });
});
