import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import type { RotationDeclarations } from "../../../core/rotation/credential.ts";
import { functionCatalog } from "../../../functions/catalog.ts";
import { bundleFunctions } from "../../../infra/bundles.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { aws, functionArn } from "./resources.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

describe.each(functionCatalog.map((definition) => [definition.name, definition] as const))(
  "the function %s",
  (name, definition) => {
    const inputs = () => run.one(aws.function, name).inputs;

    test("is run as the catalog says, in the private subnets, with its own log", () => {
      expect(inputs()).toMatchObject({
        name: `genesys-credential-guard-prod-${name}`,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
        timeout: definition.timeoutSeconds,
        memorySize: definition.memoryMegabytes,
        reservedConcurrentExecutions: definition.reservedConcurrency,
        vpcConfig: {
          subnetIds: ["us-east-1a-private-id", "us-east-1b-private-id"],
          securityGroupIds: ["primary-id"],
        },
        loggingConfig: { logGroup: `/aws/lambda/genesys-credential-guard-prod-${name}` },
      });
      expect(run.one("aws:cloudwatch/logGroup:LogGroup", name).inputs.retentionInDays).toBe(90);
    });

    test("has the variables of its ports and no other", () => {
      const { variables } = inputs().environment as { variables: Record<string, string> };
      const all = {
        GENESYSCLOUD_REGION: "us-east-1",
        METRIC_NAMESPACE: "CredentialGuard/genesys-credential-guard-prod",
        LEDGER_TABLE: "ledger-name",
        SCHEDULE_GROUP: "genesys-credential-guard-prod-retirements",
        RETIRE_FUNCTION_ARN: functionArn("retire"),
        SCHEDULER_ROLE_ARN: `arn:of:${aws.role}:retirements`,
        SCHEDULE_DEAD_LETTER_ARN: `arn:of:${aws.queue}:retire`,
        EMERGENCY_QUEUE_URL: "https://sqs/emergencies",
      };
      const ports: readonly string[] = definition.ports;
      const expected = Object.entries(all).filter(
        ([variable]) =>
          (ports.includes("scheduler") || !/^(SCHEDULE|RETIRE)/.test(variable)) &&
          (ports.includes("emergencies") || variable !== "EMERGENCY_QUEUE_URL") &&
          (ports.includes("ledger") || variable !== "LEDGER_TABLE"),
      );
      expect(variables).toEqual(Object.fromEntries(expected));
    });

    test("is one module beside its declarations", async () => {
      const { assets } = inputs().code as pulumi.asset.AssetArchive;
      const files = new Map(Object.entries(await assets) as [string, pulumi.asset.StringAsset][]);
      expect([...files.keys()].sort()).toEqual(["declarations.json", "index.mjs"]);
      const code = await files.get("index.mjs")?.text;
      const declarations = (await files.get("declarations.json")?.text) ?? "";
      expect(code).toMatch(/export\{\w+ as handler\};?\s*$/);
      const parsed: RotationDeclarations = JSON.parse(declarations);
      expect(parsed).toMatchObject({
        stackPrefix: "guard:acme/genesys-credential-guard/prod/",
        region: "us-east-1",
        masterId: "aws-secrets-rotator",
        settings: { quotaReserve: 10, capabilities: { dualSecrets: false } },
      });
      expect(parsed.settings).not.toHaveProperty("clientQuota");
      expect(parsed.credentials).toHaveLength(11);
      for (const { owner } of parsed.credentials) expect(owner.startsWith(parsed.stackPrefix)).toBe(true);
      expect(parsed.credentials.filter(({ actor }) => actor === "self").map(({ id }) => id)).toEqual([
        "aws-secrets-rotator",
      ]);
      expect(parsed.credentials[0]).toEqual({
        id: "crm-integration",
        owner: expect.any(String),
        secretArn: `arn:of:${aws.secret}:crm-integration`,
        strategy: "blueGreenClients",
        actor: "master",
        client: {
          name: "CRM Integration",
          description: "Owned by team crm.",
          accessTokenValiditySeconds: 3600,
          roleDivisions: [{ roleId: "crm-integration-role", divisionId: "home" }],
        },
        intervalSeconds: 604_800,
        secretCacheSeconds: 900,
      });
    });
  },
);

describe("what calls the functions", () => {
  test("reconcile runs every hour", () => {
    expect(run.ofType(aws.schedule).map(({ inputs }) => inputs)).toMatchObject([
      {
        scheduleExpression: "rate(1 hour)",
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: `arn:of:${aws.function}:reconcile`,
          roleArn: `arn:of:${aws.role}:reconciliation`,
          deadLetterConfig: { arn: `arn:of:${aws.queue}:reconcile` },
        },
      },
    ]);
  });

  test("an emergency's message that fails comes again alone, and ends among the dead letters", () => {
    expect(run.one(aws.mapping, "emergencies").inputs).toMatchObject({
      eventSourceArn: `arn:of:${aws.queue}:emergencies`,
      functionName: `arn:of:${aws.function}:emergency`,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
    const { redrivePolicy, visibilityTimeoutSeconds, ...queue } = run.one(aws.queue, "emergencies").inputs;
    expect(queue).toMatchObject({ fifoQueue: true, sqsManagedSseEnabled: true });
    expect(visibilityTimeoutSeconds).toBe(360);
    expect(JSON.parse(String(redrivePolicy)).deadLetterTargetArn).toBe(`arn:of:${aws.queue}:emergency`);
  });
});

test("the same sources are bundled to the same text: no update without a change", () => {
  const digest = () =>
    [...bundleFunctions(functionCatalog)].map(([name, text]) => [
      name,
      createHash("sha256").update(text).digest("hex"),
    ]);
  expect(digest()).toEqual(digest());
});
