import * as pulumi from "@pulumi/pulumi";
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
