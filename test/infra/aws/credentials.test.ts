import { leakPatterns } from "../../../core/leak/patterns/leak-patterns.ts";
import { tokens } from "../../../core/tokens.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { account, aws, statementsOf } from "./resources.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

test("every object of the configuration becomes a resource of its type", () => {
  const counts = Object.fromEntries(
    Object.entries(tokens).map(([kind, type]) => [kind, run.ofType(type).length]),
  );
  expect(counts).toEqual({
    oauthClient: 1,
    rotatedClient: 11,
    decoyClient: 3,
    role: 9,
    trapUser: 2,
    trapQueue: 1,
    eventSubscription: 1,
    ipAllowlist: 0,
    dataActionCredential: 1,
    secretPattern: leakPatterns.length,
    pushProtection: leakPatterns.filter(({ pushProtection }) => pushProtection).length,
    repositoryScanning: 3,
  });
});

test("what the stack has in AWS is this and nothing else", () => {
  const counts: Record<string, number> = {};
  for (const { type } of run.registered) if (type.startsWith("aws:")) counts[type] = (counts[type] ?? 0) + 1;
  expect(counts).toMatchSnapshot();
});

describe("the credentials", () => {
  test("every client has a secret, the CRM's under the name that its users know", () => {
    expect(run.ofType(aws.secret).filter(({ inputs }) => inputs.tags !== undefined)).toHaveLength(12);
    expect(run.one(aws.secret, "crm-integration").inputs).toMatchObject({
      name: "Genesys_CRM_Integration_Key",
      kmsKeyId: `arn:of:${aws.key}:credentials`,
      recoveryWindowInDays: 30,
      replicas: [{ region: "us-west-2" }],
    });
    expect(run.one(aws.secret, "workforce-sync").inputs.name).toBe(
      "genesys-credential-guard/prod/workforce-sync",
    );
  });

  test("every client-credentials client is rotated by Secrets Manager in its interval, not at once", () => {
    expect(
      run
        .ofType(aws.rotation)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      run
        .ofType(tokens.rotatedClient)
        .map(({ name }) => name)
        .sort(),
    );
    expect(run.one(aws.rotation, "crm-integration").inputs).toEqual({
      secretId: `arn:of:${aws.secret}:crm-integration`,
      rotationLambdaArn: `arn:of:${aws.function}:rotate`,
      rotateImmediately: false,
      rotationRules: { scheduleExpression: "rate(168 hours)" },
    });
  });

  test("a client that cannot be rotated puts its secret into Secrets Manager all the same", () => {
    expect(run.one(tokens.oauthClient, "crm-admin-portal").inputs.secretSink).toEqual({
      kind: "secretsManager",
      secretArn: `arn:of:${aws.secret}:crm-admin-portal`,
      awsRegion: "us-east-1",
    });
  });

  test("what policies judge is known before anything exists: roles, addresses and interval", () => {
    expect(run.one(tokens.rotatedClient, "crm-integration").inputs).toMatchObject({
      name: "CRM Integration",
      roles: [{ role: "CRM Integration" }],
      allowedIps: ["egress:primary", "egress:disaster-recovery"],
      allowlistEnforcement: "declared",
      rotationIntervalHours: 168,
      ledgerTable: "ledger-name",
      awsRegion: "us-east-1",
    });
  });

  test("the master has its own role and those of the clients that it makes, each once", () => {
    const { roles } = run.one(tokens.rotatedClient, "aws-secrets-rotator").inputs;
    expect((roles as { role: string }[]).map(({ role }) => role).sort()).toEqual([
      "AWS_Secrets_Rotator",
      "CRM Integration",
      "Dialler Feed",
      "Recording Export",
      "Reporting Reader",
      "Screen Pop",
      "Telephony Inventory",
      "Workforce Sync",
    ]);
  });

  test("the key is turned over every year and used through Secrets Manager alone", () => {
    const { enableKeyRotation, policy } = run.one(aws.key, "credentials").inputs;
    expect(enableKeyRotation).toBe(true);
    const [administration, use] = statementsOf(policy);
    expect(administration?.Action.filter((action) => /Decrypt|Encrypt|DataKey|Grant$/.test(action))).toEqual([
      "kms:RevokeGrant",
    ]);
    expect(use).toEqual({
      Sid: "UseThroughSecretsManager",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: ["*"],
      Condition: {
        StringEquals: {
          "kms:CallerAccount": account,
          "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
        },
      },
    });
  });

  test("the ledger has one key, a way back in time, and is not deleted by accident", () => {
    expect(run.one(aws.table, "ledger").inputs).toEqual({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      attributes: [{ name: "pk", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });
});
