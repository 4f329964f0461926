import { execFileSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import { tokens } from "../../core/tokens.ts";
import {
  documentedOutputs,
  type ProgramRun,
  runProgram,
  settled,
  stackConfig,
  withoutAws,
} from "./run-program.ts";

let run: ProgramRun;
let outputs: Record<string, unknown>;

beforeAll(async () => {
  run = await runProgram(withoutAws(stackConfig("prod")));
  ({ outputs } = run);
});

test("a stack without functions has nothing in AWS", () => {
  expect(run.registered.filter(({ type }) => /^(aws|pulumi:providers):/.test(type))).toEqual([]);
});

test("a stack without functions does not wait for the SDK of AWS", () => {
  const script = `
    import Module from "node:module";
    await import("./infra/index.ts");
    console.log(Object.keys(Module._cache).filter((file) => file.includes("@pulumi/aws")).length);
    await import("./infra/components/aws/index.ts");
    console.log(Object.keys(Module._cache).some((file) => file.includes("@pulumi/aws")));
  `;
  const printed = execFileSync("node", ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect(printed.split("\n")).toEqual(["0", "true", ""]);
});

test("every object of the configuration becomes a resource of its type", () => {
  const counts = Object.fromEntries(
    Object.entries(tokens).map(([kind, type]) => [kind, run.ofType(type).length]),
  );
  expect(counts).toEqual({
    oauthClient: 12,
    rotatedClient: 0,
    decoyClient: 3,
    role: 9,
    trapUser: 2,
    trapQueue: 1,
    eventSubscription: 1,
    ipAllowlist: 0,
    dataActionCredential: 1,
    secretPattern: leakPatterns.length,
    pushProtection: leakPatterns.filter(({ pushProtection }) => pushProtection).length,
    repositoryScanning: 0,
  });
});

test("what policies judge is known before anything exists: roles by name, allowlists as written", () => {
  const crm = run.one(tokens.oauthClient, "crm-integration");
  expect(crm.inputs).toMatchObject({
    name: "CRM Integration",
    roles: [{ role: "CRM Integration" }],
    allowedIps: ["egress:primary", "egress:disaster-recovery"],
    allowlistEnforcement: "declared",
  });
});

test("no decoy has an allowlist: it must let the thief in to be noticed", () => {
  for (const { inputs } of run.ofType(tokens.decoyClient)) expect(inputs).not.toHaveProperty("allowedIps");
});

test("the outputs are the contract that docs/outputs.md describes", () => {
  // The production stack leaves the organisation's allowlist alone.
  const elsewhere = [
    "allowlistAddresses",
    "egressAddresses",
    "emergencyQueueUrl",
    "leakQueueUrl",
    "leakSecrets",
    "webhookUrl",
  ];
  expect([...Object.keys(outputs), ...elsewhere].sort()).toEqual(documentedOutputs());
});

test("the credentials are the only output that holds a secret, and they are marked as one", async () => {
  const { credentials, ...others } = outputs;
  expect(await pulumi.isSecret(credentials as pulumi.Output<unknown>)).toBe(true);
  const text = JSON.stringify(await settled(pulumi.output(others)));
  expect(text).not.toContain("-mock");
  expect(await settled(credentials as pulumi.Output<object>)).toMatchObject({
    Genesys_CRM_Integration_Key: { clientId: "crm-integration-id", clientSecret: "crm-integration-mock" },
  });
});

test("a client's output names its team, its lifetime and where its allowlist takes effect", async () => {
  const clients = await settled(pulumi.output(outputs.clients as Record<string, object>));
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
