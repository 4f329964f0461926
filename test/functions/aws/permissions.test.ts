import { permissionsOf, portPermissions } from "../../../functions/aws/permissions.ts";
import {
  type FunctionName,
  functionCatalog,
  type LeakFunctionName,
  leakCatalog,
} from "../../../functions/catalog.ts";

/** Written out, so that a right more in a role is seen by whoever reviews it. */
const derived: Readonly<Record<FunctionName | LeakFunctionName, readonly string[]>> = {
  rotate: [
    "dynamodb:GetItem on ledgerTable",
    "dynamodb:Scan on ledgerTable",
    "dynamodb:UpdateItem on ledgerTable",
    "iam:PassRole on schedulerRole",
    "kms:Decrypt on secretsKey",
    "kms:GenerateDataKey on secretsKey",
    "scheduler:CreateSchedule on retirementSchedules",
    "scheduler:UpdateSchedule on retirementSchedules",
    "secretsmanager:DescribeSecret on rotatedSecrets",
    "secretsmanager:GetSecretValue on rotatedSecrets",
    "secretsmanager:ListSecretVersionIds on rotatedSecrets",
    "secretsmanager:PutSecretValue on rotatedSecrets",
    "secretsmanager:UpdateSecretVersionStage on rotatedSecrets",
  ],
  retire: [
    "dynamodb:GetItem on ledgerTable",
    "dynamodb:Scan on ledgerTable",
    "dynamodb:UpdateItem on ledgerTable",
    "iam:PassRole on schedulerRole",
    "kms:Decrypt on secretsKey",
    "scheduler:CreateSchedule on retirementSchedules",
    "scheduler:UpdateSchedule on retirementSchedules",
    "secretsmanager:DescribeSecret on rotatedSecrets",
    "secretsmanager:GetSecretValue on rotatedSecrets",
    "secretsmanager:ListSecretVersionIds on rotatedSecrets",
  ],
  reconcile: [
    "dynamodb:GetItem on ledgerTable",
    "dynamodb:Scan on ledgerTable",
    "dynamodb:UpdateItem on ledgerTable",
    "iam:PassRole on schedulerRole",
    "kms:Decrypt on secretsKey",
    "scheduler:CreateSchedule on retirementSchedules",
    "scheduler:UpdateSchedule on retirementSchedules",
    "secretsmanager:DescribeSecret on rotatedSecrets",
    "secretsmanager:GetSecretValue on rotatedSecrets",
    "secretsmanager:ListSecretVersionIds on rotatedSecrets",
    "sqs:SendMessage on emergencyQueue",
  ],
  emergency: [
    "dynamodb:GetItem on ledgerTable",
    "dynamodb:Scan on ledgerTable",
    "dynamodb:UpdateItem on ledgerTable",
    "kms:Decrypt on secretsKey",
    "lambda:InvokeFunction on rotateFunction",
    "secretsmanager:DescribeSecret on rotatedSecrets",
    "secretsmanager:GetSecretValue on rotatedSecrets",
    "secretsmanager:ListSecretVersionIds on rotatedSecrets",
    "secretsmanager:RotateSecret on rotatedSecrets",
  ],
  receive: [
    "dynamodb:UpdateItem on leakTable",
    "kms:Decrypt on secretsKey",
    "secretsmanager:GetSecretValue on webhookSecret",
    "sqs:SendMessage on leakQueue",
  ],
  revoke: [
    "dynamodb:GetItem on leakTable",
    "dynamodb:GetItem on ledgerTable",
    "dynamodb:Scan on leakTable",
    "dynamodb:Scan on ledgerTable",
    "dynamodb:UpdateItem on leakTable",
    "dynamodb:UpdateItem on ledgerTable",
    "iam:PassRole on schedulerRole",
    "kms:Decrypt on secretsKey",
    "kms:GenerateDataKey on secretsKey",
    "scheduler:CreateSchedule on retirementSchedules",
    "scheduler:UpdateSchedule on retirementSchedules",
    "secretsmanager:DescribeSecret on rotatedSecrets",
    "secretsmanager:GetSecretValue on githubAppSecret",
    "secretsmanager:GetSecretValue on rotatedSecrets",
    "secretsmanager:ListSecretVersionIds on rotatedSecrets",
    "secretsmanager:PutSecretValue on rotatedSecrets",
    "secretsmanager:UpdateSecretVersionStage on rotatedSecrets",
    "sqs:SendMessage on emergencyQueue",
    "sqs:SendMessage on reportQueue",
  ],
  report: [
    "dynamodb:GetItem on leakTable",
    "dynamodb:Scan on leakTable",
    "dynamodb:UpdateItem on leakTable",
    "kms:Decrypt on secretsKey",
    "secretsmanager:GetSecretValue on githubAppSecret",
    "secretsmanager:GetSecretValue on siemSecret",
    "secretsmanager:GetSecretValue on slackSecret",
  ],
  sweep: [
    "dynamodb:GetItem on leakTable",
    "dynamodb:Scan on leakTable",
    "dynamodb:UpdateItem on leakTable",
    "kms:Decrypt on secretsKey",
    "secretsmanager:GetSecretValue on githubAppSecret",
    "sqs:SendMessage on leakQueue",
    "sqs:SendMessage on reportQueue",
  ],
};

test.each([...functionCatalog, ...leakCatalog])(
  "$name may do what its adapters need, and nothing else",
  (definition) => {
    const rights = permissionsOf(definition).flatMap(({ actions, on }) =>
      actions.map((action) => `${action} on ${on}`),
    );
    expect([...new Set(rights)].sort()).toEqual(derived[definition.name]);
  },
);

test("no adapter asks for a wildcard, in its actions or its resource", () => {
  const permissions = Object.values(portPermissions).flat();
  expect(permissions.length).toBeGreaterThan(0);
  for (const { actions, on, why } of permissions) {
    for (const action of actions) expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/);
    expect(on).not.toBe("any");
    expect(why).toMatch(/^[A-Z].{20}/);
  }
});
