import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { readStackOutputs } from "../../../client/index.ts";
import { documentedOutputs, type ProgramRun, runProgram, settled, stackConfig } from "../run-program.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

test("the outputs are documented, and none is a secret", async () => {
  // The production stack leaves the organisation's allowlist alone, and has a secret store.
  const elsewhere = ["allowlistAddresses", "credentials"];
  expect([...Object.keys(run.outputs), ...elsewhere].sort()).toEqual(documentedOutputs());
  expect(await pulumi.isSecret(pulumi.output(run.outputs))).toBe(false);
  expect(JSON.stringify(await settled(pulumi.output(run.outputs)))).not.toContain("-mock");
});

test("the outputs are the contract with other teams", async () => {
  expect(await settled(pulumi.output(run.outputs))).toMatchSnapshot();
});

test("every field of a client is documented", async () => {
  const clients = (await settled(pulumi.output(run.outputs.clients))) as Record<string, object>;
  const [, table = ""] = readFileSync("docs/outputs.md", "utf8").split("## Clients");
  const documented = [...table.matchAll(/^\| (\w+) \|/gm)].map(([, name]) => name).slice(1);
  expect([...new Set(Object.values(clients).flatMap(Object.keys))].sort()).toEqual(documented.sort());
});

test("the client kit reads them: every client by its secret", async () => {
  const { clients } = readStackOutputs(JSON.stringify(await settled(pulumi.output(run.outputs))));
  expect(Object.keys(clients)).toHaveLength(12);
  expect(clients["crm-integration"]).toMatchObject({
    id: "crm-integration",
    secretArn: expect.stringMatching(/crm-integration$/),
    region: "us-east-1",
    awsRegion: "us-east-1",
    accessTokenValiditySeconds: 3600,
    rotationIntervalHours: 168,
  });
});
