import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import type { LeakDeclarations } from "../../../core/leak/declarations.ts";
import type { RotationDeclarations } from "../../../core/rotation/credential.ts";
import { tokens } from "../../../core/tokens.ts";
import { functionCatalog, leakCatalog } from "../../../functions/catalog.ts";
import { bundleFunctions } from "../../../infra/bundles.ts";
import { type ProgramRun, type Registered, runProgram, stackConfig } from "../run-program.ts";
import { aws, functionArn } from "./resources.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

const both = [...functionCatalog, ...leakCatalog];

/** Which variables each port reads, beside those of every function. */
const variablesOf: Readonly<Record<string, readonly string[]>> = {
  scheduler: ["SCHEDULE_GROUP", "RETIRE_FUNCTION_ARN", "SCHEDULER_ROLE_ARN", "SCHEDULE_DEAD_LETTER_ARN"],
  emergencies: ["EMERGENCY_QUEUE_URL"],
  ledger: ["LEDGER_TABLE"],
  deliveries: ["LEAK_TABLE"],
  cases: ["LEAK_TABLE"],
  leaks: ["LEAK_QUEUE_URL"],
  reports: ["REPORT_QUEUE_URL"],
  webhookSecrets: ["WEBHOOK_SECRET_ARN"],
  github: ["GITHUB_APP_SECRET_ARN"],
  slack: ["SLACK_SECRET_ARN"],
  siem: ["SIEM_SECRET_ARN", "SIEM_URL", "SIEM_KIND"],
};

const filesOf = async ({ inputs }: Registered): Promise<Map<string, string>> => {
  const { assets } = inputs.code as pulumi.asset.AssetArchive;
  const files = Object.entries(await assets) as [string, pulumi.asset.StringAsset][];
  return new Map(
    await Promise.all(files.map(async ([name, file]) => [name, await file.text] as [string, string])),
  );
};

describe.each(both.map((definition) => [definition.name, definition] as const))(
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
        LEAK_TABLE: "leaks-name",
        LEAK_QUEUE_URL: "https://sqs/leaks",
        REPORT_QUEUE_URL: "https://sqs/reports",
        WEBHOOK_SECRET_ARN: `arn:of:${aws.secret}:github-webhook`,
        GITHUB_APP_SECRET_ARN: `arn:of:${aws.secret}:github-app`,
        SLACK_SECRET_ARN: `arn:of:${aws.secret}:slack`,
        SIEM_SECRET_ARN: `arn:of:${aws.secret}:siem`,
        SIEM_URL: "https://http-inputs-acme.splunkcloud.com",
        SIEM_KIND: "splunk",
      };
      const used = ["GENESYSCLOUD_REGION", "METRIC_NAMESPACE"].concat(
        definition.ports.flatMap((port) => variablesOf[port] ?? []),
      );
      expect(variables).toEqual(
        Object.fromEntries(Object.entries(all).filter(([variable]) => used.includes(variable))),
      );
    });

    test("is one module beside what it knows of the stack", async () => {
      const files = await filesOf(run.one(aws.function, name));
      const answersLeaks = leakCatalog.some((each) => each.name === name);
      expect([...files.keys()].sort()).toEqual([
        "declarations.json",
        "index.mjs",
        ...(answersLeaks ? ["leak.json"] : []),
      ]);
      expect(files.get("index.mjs")).toMatch(/export\{[\w$]+ as handler\};?\s*$/);
      const parsed: RotationDeclarations = JSON.parse(files.get("declarations.json") ?? "");
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

describe("what the functions know that answer leaks", () => {
  const knownTo = async (name: string): Promise<LeakDeclarations> =>
    JSON.parse((await filesOf(run.one(aws.function, name))).get("leak.json") ?? "");

  test("is the organisation, its patterns, the stack's clients and decoys, and whom to tell", async () => {
    const declared = await knownTo("revoke");
    expect(declared).toMatchObject({
      organization: "acme",
      clients: [
        {
          id: "crm-admin-portal",
          clientId: "crm-admin-portal-id",
          secretArn: `arn:of:${aws.secret}:crm-admin-portal`,
        },
      ],
      decoys: expect.arrayContaining([{ id: "legacy-crm-sync", clientId: "legacy-crm-sync-id" }]),
      protectedIds: [],
      settings: {
        mode: "act",
        hourlyCap: 20,
        backfillAgeSeconds: 86_400,
        backfill: "hold",
        unmanagedClients: "hold",
        replaceDeadlineSeconds: 20,
      },
      slack: { securityChannel: "security-alerts", developerChannel: "engineering" },
      runbookUrl: "https://wiki.acme.com/runbooks/leaked-credential",
    });
    expect(declared.secretNames["crm-integration"]).toBe("Genesys_CRM_Integration_Key");
    expect(declared.secretNames["workforce-sync"]).toBe("genesys-credential-guard/prod/workforce-sync");
    expect(Object.keys(declared.secretNames)).toHaveLength(12);
    expect(declared.patterns.map(({ id, slug }) => [id, slug]).sort()).toEqual(
      run
        .ofType(tokens.secretPattern)
        .map(({ name }) => [name, `${name}-slug`])
        .sort(),
    );
  });

  test("is for the sweep also which webhook it is, which the others must be there before", async () => {
    expect((await knownTo("sweep")).hookId).toBe(4711);
    for (const name of ["receive", "revoke", "report"])
      expect(await knownTo(name)).not.toHaveProperty("hookId");
  });
});

describe("what calls the functions", () => {
  test.each([
    ["reconciliation", "reconcile", "rate(1 hour)"],
    ["sweep", "sweep", "rate(5 minutes)"],
  ])("%s calls %s at %s", (schedule, name, scheduleExpression) => {
    expect(run.one(aws.schedule, schedule).inputs).toMatchObject({
      scheduleExpression,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: `arn:of:${aws.function}:${name}`,
        roleArn: `arn:of:${aws.role}:${schedule}`,
        deadLetterConfig: { arn: `arn:of:${aws.queue}:${name}` },
      },
    });
  });

  test.each([
    ["emergencies", "emergency", 10, 10],
    ["leaks", "revoke", 8, 1],
    ["reports", "report", 8, 5],
  ])(
    "a message of %s that %s fails on comes again alone, and ends among the dead letters",
    (queue, name, receives, batchSize) => {
      const definition = both.find((each) => each.name === name);
      expect(run.one(aws.mapping, queue).inputs).toMatchObject({
        eventSourceArn: `arn:of:${aws.queue}:${queue}`,
        functionName: `arn:of:${aws.function}:${name}`,
        functionResponseTypes: ["ReportBatchItemFailures"],
        scalingConfig: { maximumConcurrency: definition?.reservedConcurrency },
        batchSize,
      });
      const { redrivePolicy, ...inputs } = run.one(aws.queue, queue).inputs;
      expect(inputs).toMatchObject({
        fifoQueue: true,
        sqsManagedSseEnabled: true,
        visibilityTimeoutSeconds: name === "revoke" ? 150 : 6 * (definition?.timeoutSeconds ?? 0),
      });
      expect(JSON.parse(String(redrivePolicy))).toEqual({
        deadLetterTargetArn: `arn:of:${aws.queue}:${name}`,
        maxReceiveCount: receives,
      });
      expect(run.one(aws.queue, name).inputs).toMatchObject({ fifoQueue: true, sqsManagedSseEnabled: true });
    },
  );

  test("a thousand alerts at once do not wait for one another: each is a group of its own", () => {
    for (const queue of ["leaks", "reports"])
      expect(run.one(aws.queue, queue).inputs).toMatchObject({
        deduplicationScope: "messageGroup",
        fifoThroughputLimit: "perMessageGroupId",
      });
  });
});

test("the same sources are bundled to the same text: no update without a change", () => {
  const digest = () =>
    [...bundleFunctions(both)].map(([name, text]) => [name, createHash("sha256").update(text).digest("hex")]);
  expect(digest()).toEqual(digest());
});
