import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import analyzer from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import pulumi from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { tokens } from "../../core/tokens.ts";
import { policies } from "../../policies/policies.ts";

/** The pack in the host that the Pulumi CLI starts, with the Node that runs it, unbuilt. */
describe("in the real host", () => {
  let host: ChildProcess;
  let client: InstanceType<typeof analyzer.AnalyzerClient>;
  const root = process.cwd();

  beforeAll(async () => {
    const run = join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    host = spawn("node", [run, "127.0.0.1:1", join(root, "policies")], {
      cwd: join(root, "policies"),
      env: { PATH: process.env.PATH, PULUMI_PROJECT: "acme", PULUMI_STACK: "dev", PULUMI_CONFIG: "{}" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (host.stdout === null) throw new Error("The host has no output");
    const [port] = await once(createInterface(host.stdout), "line");
    client = new analyzer.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });

  afterAll(async () => {
    client.close();
    const ended = once(host, "exit");
    host.kill();
    await ended;
  });

  test("it lists every policy", async () => {
    const info = await new Promise<pulumi.AnalyzerInfo>((resolve, reject) => {
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    expect(info.getName()).toBe("genesys-credential-guard");
    expect(info.getVersion()).toBe("0.1.0");
    expect(info.getPoliciesList().map((policy) => policy.getName())).toEqual(
      policies.map(({ name }) => name),
    );
  });

  test("it refuses a decoy with a token of a day", async () => {
    const request = new pulumi.AnalyzeRequest();
    request.setType(tokens.decoyClient);
    request.setName("legacy-crm-sync");
    request.setUrn(`urn:pulumi:dev::acme::${tokens.decoyClient}::legacy-crm-sync`);
    request.setProperties(
      Struct.fromJavaScript({ name: "Legacy CRM Sync", accessTokenValiditySeconds: 86_400 }),
    );
    request.setOptions(new pulumi.AnalyzerResourceOptions());
    const response = await new Promise<pulumi.AnalyzeResponse>((resolve, reject) => {
      client.analyze(request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
    const refused = response
      .getDiagnosticsList()
      .map((each) => [each.getPolicyname(), each.getEnforcementlevel()]);
    expect(refused).toEqual([["decoy-token-lifetime", pulumi.EnforcementLevel.MANDATORY]]);
  });
});
