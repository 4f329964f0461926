import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { tokens } from "../../core/tokens.ts";

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const registered: Registered[] = [];

const promiseOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

/** Runs the program with a stack's configuration, with an engine that creates nothing. */
const runProgram = async (stack: string): Promise<Record<string, unknown>> => {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs });
        const made = { clientId: `${name}-id`, userId: `${name}-id`, queueId: `${name}-id` };
        return { id: `${name}-id`, state: { ...inputs, ...made, clientSecret: `${name}-mock` } };
      },
    },
    "genesys-credential-guard",
    stack,
    false,
    "acme",
  );
  const program = await import("../../infra/index.ts");
  return program.default;
};

let outputs: Record<string, unknown>;

beforeAll(async () => {
  outputs = await runProgram("prod");
  // The outputs of what is registered last are the last to resolve.
  await promiseOf(pulumi.output(outputs));
});

const ofType = (type: string) => registered.filter((each) => each.type === type);

test("every object of the configuration becomes a resource of its type", () => {
  const counts = Object.fromEntries(
    Object.entries(tokens).map(([kind, type]) => [kind, ofType(type).length]),
  );
  expect(counts).toEqual({
    oauthClient: 12,
    decoyClient: 3,
    role: 9,
    trapUser: 2,
    trapQueue: 1,
    eventSubscription: 1,
    ipAllowlist: 0,
    dataActionCredential: 1,
    secretPattern: 2,
    pushProtection: 2,
  });
});

test("what policies judge is known before anything exists: roles by name, allowlists as written", () => {
  const crm = ofType(tokens.oauthClient).find(({ name }) => name === "crm-integration");
  expect(crm?.inputs).toMatchObject({
    name: "CRM Integration",
    roles: [{ role: "CRM Integration" }],
    allowedIps: ["egress:primary", "egress:disaster-recovery"],
    allowlistEnforcement: "declared",
  });
});

test("no decoy has an allowlist: it must let the thief in to be noticed", () => {
  for (const { inputs } of ofType(tokens.decoyClient)) expect(inputs).not.toHaveProperty("allowedIps");
});

test("the outputs are the contract that docs/outputs.md describes", () => {
  const documented = [
    ...readFileSync("docs/outputs.md", "utf8").matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm),
  ].flatMap(([, names = ""]) => names.replaceAll("`", "").split(", "));
  // The production stack leaves the organisation's allowlist alone.
  expect([...Object.keys(outputs), "allowlistAddresses"].sort()).toEqual(documented.sort());
});

test("the credentials are the only output that holds a secret, and they are marked as one", async () => {
  const { credentials, ...others } = outputs;
  expect(await pulumi.isSecret(credentials as pulumi.Output<unknown>)).toBe(true);
  const text = JSON.stringify(await promiseOf(pulumi.output(others)));
  expect(text).not.toContain("-mock");
  expect(await promiseOf(credentials as pulumi.Output<object>)).toMatchObject({
    Genesys_CRM_Integration_Key: { clientId: "crm-integration-id", clientSecret: "crm-integration-mock" },
  });
});

test("a client's output names its team, its lifetime and where its allowlist takes effect", async () => {
  const clients = await promiseOf(pulumi.output(outputs.clients as Record<string, object>));
  expect(clients["aws-secrets-rotator"]).toEqual({
    team: "platform",
    name: "AWS_Secrets_Rotator",
    clientId: "aws-secrets-rotator-id",
    accessTokenValiditySeconds: 900,
    allowedIps: ["egress:primary"],
    allowlistEnforcement: "declared",
    secretFingerprint: undefined,
  });
});
