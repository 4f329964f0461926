import { tokens } from "../../../core/tokens.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

test.each([
  ["aws:ec2/eip:Eip", "us-west-2a", "Foundation/Egress"],
  ["aws:ec2/flowLog:FlowLog", "primary", "Foundation/Egress/FlowLogs"],
  ["aws:secretsmanager/secret:Secret", "crm-integration", "Foundation/CredentialStore"],
  ["aws:kms/key:Key", "credentials", "Foundation/CredentialStore"],
  ["aws:dynamodb/table:Table", "ledger", "Foundation/Ledger"],
  [tokens.rotatedClient, "crm-integration", "Team"],
  [tokens.oauthClient, "crm-admin-portal", "Team"],
  ["aws:lambda/function:Function", "rotate", "Rotation/Rotator/GuardFunction"],
  ["aws:iam/rolePolicy:RolePolicy", "rotate-work", "Rotation/Rotator/GuardFunction"],
  ["aws:sqs/queue:Queue", "rotate", "Rotation/Rotator/DeadLetters"],
  ["aws:sqs/queue:Queue", "emergencies", "Rotation/Rotator/FunctionQueue"],
  ["aws:iam/role:Role", "retirements", "Rotation/Rotator/SchedulerRole"],
  ["aws:scheduler/schedule:Schedule", "reconciliation", "Rotation/Rotator/RecurringCall"],
  ["aws:secretsmanager/secretRotation:SecretRotation", "crm-integration", "Rotation/RotationSchedules"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "reconcile-silent", "Rotation/Alarms"],
  ["aws:lambda/function:Function", "revoke", "LeakAnswer/Responder/GuardFunction"],
  ["aws:dynamodb/table:Table", "leaks", "LeakAnswer/Responder/LeakTable"],
  ["aws:sqs/queue:Queue", "leaks", "LeakAnswer/Responder/FunctionQueue"],
  ["aws:scheduler/schedule:Schedule", "sweep", "LeakAnswer/Responder/RecurringCall"],
  ["aws:apigateway/stage:Stage", "webhooks", "LeakAnswer/WebhookEndpoint"],
  ["aws:wafv2/webAcl:WebAcl", "webhooks", "LeakAnswer/WebhookShield"],
  ["aws:secretsmanager/secret:Secret", "github-webhook", "LeakAnswer/WebhookSecret"],
  ["aws:secretsmanager/secret:Secret", "slack", "LeakAnswer/HandedSecrets"],
  ["github:index/organizationWebhook:OrganizationWebhook", "leaks", "LeakAnswer/OrganizationHook"],
  [
    "github:index/repositoryFile:RepositoryFile",
    "crm-integration",
    "LeakAnswer/GuardedRepositories/GuardedRepository",
  ],
])("%s %s is below %s", (type, name, components) => {
  expect(run.one(type, name).parents).toEqual(components.split("/").map((each) => `guard:index:${each}`));
});

test("everything in AWS and on GitHub is below a component", () => {
  for (const { type, parents } of run.registered.filter(({ type }) => /^(aws|github|random):/.test(type))) {
    expect([type, parents.length]).not.toEqual([type, 0]);
  }
});

test("everything in AWS has a provider of the stack's own, in the other region that region's", () => {
  for (const { type, name, provider } of run.registered.filter((each) => each.type.startsWith("aws:"))) {
    const expected = name.startsWith("us-west-2") ? "aws-disaster-recovery" : "aws";
    expect([type, name, provider]).toEqual([type, name, expected]);
  }
});

test("what is on GitHub has the default provider: one of the stack's own would keep the token in the state", () => {
  const onGithub = run.registered.filter(({ type }) => type.startsWith("github:"));
  expect(new Set(onGithub.map(({ provider }) => provider))).toEqual(new Set([""]));
  expect(run.ofType("pulumi:providers:github")).toEqual([]);
});

test("what cannot be had again is protected: clients, traps, secrets, their key, the tables, and the addresses", () => {
  const kinds = (isProtected: boolean) =>
    new Set(run.registered.filter(({ protect }) => protect === isProtected).map(({ type }) => type));
  const expected = [
    "aws:dynamodb/table:Table",
    "aws:ec2/eip:Eip",
    "aws:kms/key:Key",
    "aws:secretsmanager/secret:Secret",
    tokens.decoyClient,
    tokens.oauthClient,
    tokens.rotatedClient,
    tokens.trapQueue,
    tokens.trapUser,
  ];
  expect([...kinds(true)].sort()).toEqual(expected.sort());
  for (const type of expected) expect(kinds(false)).not.toContain(type);
});

test("the sandbox's stack can be taken down: nothing is protected, and no secret keeps its name for a recovery", async () => {
  const { registered, ofType } = await runProgram(stackConfig("sandbox"));
  expect(registered.filter(({ protect }) => protect)).toEqual([]);
  for (const { inputs } of ofType("aws:secretsmanager/secret:Secret")) {
    expect(inputs.recoveryWindowInDays).toBe(0);
  }
  expect(ofType("aws:dynamodb/table:Table")[0]?.inputs.deletionProtectionEnabled).toBe(false);
});
