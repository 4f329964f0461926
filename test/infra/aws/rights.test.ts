import { tokens } from "../../../core/tokens.ts";
import { permissionsOf } from "../../../functions/aws/permissions.ts";
import { functionCatalog, leakCatalog } from "../../../functions/catalog.ts";
import type { ResourceKind } from "../../../functions/permissions.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { account, aws, functionArn, statementsOf } from "./resources.ts";

const both = [...functionCatalog, ...leakCatalog];

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

describe.each(both.map((definition) => [definition.name, definition] as const))(
  "the function %s",
  (name, definition) => {
    test("may do what its adapters ask for, on what they ask it for, and nothing else", () => {
      const arns: Partial<Record<ResourceKind, string[]>> = {
        // A leaked secret is replaced whoever rotates it.
        rotatedSecrets: [
          ...run.ofType(tokens.rotatedClient),
          ...(functionCatalog.some((each) => each.name === name) ? [] : run.ofType(tokens.oauthClient)),
        ]
          .map((client) => `arn:of:${aws.secret}:${client.name}`)
          .sort(),
        secretsKey: [`arn:of:${aws.key}:credentials`],
        ledgerTable: [`arn:of:${aws.table}:ledger`],
        retirementSchedules: [
          `arn:aws:scheduler:us-east-1:${account}:schedule/genesys-credential-guard-prod-retirements/*`,
        ],
        schedulerRole: [`arn:of:${aws.role}:retirements`],
        emergencyQueue: [`arn:of:${aws.queue}:emergencies`],
        rotateFunction: [functionArn("rotate")],
        leakTable: [`arn:of:${aws.table}:leaks`],
        leakQueue: [`arn:of:${aws.queue}:leaks`],
        reportQueue: [`arn:of:${aws.queue}:reports`],
        webhookSecret: [`arn:of:${aws.secret}:github-webhook`],
        githubAppSecret: [`arn:of:${aws.secret}:github-app`],
        slackSecret: [`arn:of:${aws.secret}:slack`],
        siemSecret: [`arn:of:${aws.secret}:siem`],
        any: ["*"],
      };
      const asked = permissionsOf(definition).flatMap(({ actions, on }) =>
        actions.flatMap((action) =>
          (arns[on] ?? [`nothing known as ${on}`]).map((resource) => `${action} ${resource}`),
        ),
      );
      const statements = statementsOf(run.one(aws.policy, `${name}-work`).inputs.policy);
      const granted = statements.flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
      );
      expect(granted.sort()).toEqual([...new Set(asked)].sort());
      expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(["Allow"]));
    });
  },
);

describe("rights", () => {
  const policies = () =>
    run
      .ofType(aws.policy)
      .flatMap(({ name, inputs }) =>
        statementsOf(inputs.policy).map((statement) => ({ name, ...statement })),
      );

  test("for any resource are those for network interfaces, and they are denied to the functions' own code", () => {
    const wide = policies().filter(({ Resource }) => Resource.includes("*"));
    expect(wide.map(({ name, Sid, Effect }) => `${name} ${Sid} ${Effect}`).sort()).toEqual(
      both
        .flatMap(({ name }) => [
          `${name}-hosting Network Allow`,
          `${name}-hosting NetworkIsForLambdaAlone Deny`,
        ])
        .sort(),
    );
    for (const { name, Action, Effect, Condition } of wide) {
      expect(Action.every((action) => action.startsWith("ec2:"))).toBe(true);
      if (Effect === "Deny") {
        const source = functionArn(name.replace("-hosting", ""));
        expect(Condition).toEqual({ ArnEquals: { "lambda:SourceFunctionArn": source } });
      }
    }
  });

  test("name every action in full", () => {
    expect(policies().flatMap(({ Action }) => Action.filter((action) => action.includes("*")))).toEqual([]);
  });

  test("of the scheduler are to call one function and to put aside what it could not call with", () => {
    expect(statementsOf(run.one(aws.policy, "retirements").inputs.policy)).toEqual([
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [functionArn("retire")] },
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [`arn:of:${aws.queue}:retire`] },
    ]);
    expect(statementsOf(run.one(aws.role, "retirements").inputs.assumeRolePolicy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ]);
  });

  test("of Secrets Manager are to call rotate for this account's secrets, of the API to call receive for webhooks", () => {
    expect(run.ofType(aws.permission)).toHaveLength(2);
    expect(run.one(aws.permission, "rotate").inputs).toEqual({
      function: `arn:of:${aws.function}:rotate`,
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: account,
    });
    expect(run.one(aws.permission, "webhooks").inputs).toEqual({
      function: `arn:of:${aws.function}:receive`,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:of:aws:apigateway/restApi:RestApi:webhooks:execution/*/POST/github/webhook",
    });
  });
});
