import * as pulumi from "@pulumi/pulumi";
import {
  type ProgramRun,
  type Registered,
  revealed,
  runProgram,
  settled,
  stackConfig,
} from "../../run-program.ts";
import { aws, functionArn } from "../resources.ts";

const key = "genesys-credential-guard:leak";
const prod = stackConfig("prod");
const withLeak = (change: object) => ({ ...prod, [key]: { ...(prod[key] as object), ...change } });

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(prod);
});

describe("the endpoint", () => {
  const stage = () => run.one("aws:apigateway/stage:Stage", "webhooks").inputs;

  test("hands every webhook to receive as the bytes that GitHub has signed, within the time that GitHub waits", () => {
    const document = JSON.parse(String(run.one("aws:apigateway/restApi:RestApi", "webhooks").inputs.body));
    expect(Object.keys(document.paths)).toEqual(["/github/webhook"]);
    expect(Object.keys(document.paths["/github/webhook"])).toEqual(["post"]);
    const integration = document.paths["/github/webhook"].post["x-amazon-apigateway-integration"];
    expect(integration).toMatchObject({
      type: "aws_proxy",
      httpMethod: "POST",
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn("receive")}/invocations`,
    });
    const timeout = Number(run.one(aws.function, "receive").inputs.timeout) * 1000;
    expect(integration.timeoutInMillis).toBeGreaterThanOrEqual(timeout);
    expect(integration.timeoutInMillis).toBeLessThan(10_000);
    expect(document["x-amazon-apigateway-binary-media-types"]).toEqual(["application/json"]);
  });

  test("has room for a thousand webhooks at once", () => {
    const { settings } = run.one("aws:apigateway/methodSettings:MethodSettings", "webhooks").inputs;
    expect(settings).toMatchObject({ loggingLevel: "OFF", dataTraceEnabled: false, metricsEnabled: true });
    expect((settings as { throttlingBurstLimit: number }).throttlingBurstLimit).toBeGreaterThanOrEqual(1000);
  });

  test("logs who called and what became of it, and nothing of what was said", () => {
    const { destinationArn, format } = stage().accessLogSettings as Record<string, string>;
    expect(destinationArn).toBe("arn:of:aws:cloudwatch/logGroup:LogGroup:webhooks");
    const told = Object.values(JSON.parse(format ?? "") as Record<string, string>);
    expect(told).toEqual(expect.arrayContaining(["$context.identity.sourceIp", "$context.status"]));
    expect(told.filter((each) => /body|header|input/i.test(each))).toEqual([]);
  });

  test("sets the account's role for logs, unless the account has one", async () => {
    const { ofType } = await runProgram(withLeak({ setApiGatewayRole: false }));
    expect(run.ofType("aws:apigateway/account:Account")).toHaveLength(1);
    expect(ofType("aws:apigateway/account:Account")).toEqual([]);
    expect(ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([]);
  });
});

describe("the shield", () => {
  interface Rule {
    name: string;
    priority: number;
    action?: object;
    overrideAction?: object;
    statement: Record<string, Record<string, unknown>>;
  }
  const rules = (of: ProgramRun) => of.one("aws:wafv2/webAcl:WebAcl", "webhooks").inputs.rules as Rule[];
  const rule = (name: string) => rules(run).find((each) => each.name === name);

  test("stands before the stage", () => {
    expect(run.one("aws:wafv2/webAclAssociation:WebAclAssociation", "webhooks").inputs).toEqual({
      resourceArn: "arn:of:aws:apigateway/stage:Stage:webhooks",
      webAclArn: "arn:of:aws:wafv2/webAcl:WebAcl:webhooks",
    });
  });

  test("blocks who calls too often, what is not signed, and what is too long, in this order", () => {
    expect(rules(run).map(({ name, priority, action }) => [name, priority, action])).toEqual([
      ["TooMany", 0, { block: {} }],
      ["Unsigned", 1, { block: {} }],
      ["TooLarge", 2, { block: {} }],
      ["Common", 3, undefined],
    ]);
  });

  test("lets GitHub send a thousand webhooks in a burst", () => {
    expect(rule("TooMany")?.statement.rateBasedStatement?.limit).toBeGreaterThanOrEqual(5_000);
  });

  test("counts the common rules that an honest webhook breaks, and blocks by the others", () => {
    const { ruleActionOverrides } = rule("Common")?.statement.managedRuleGroupStatement ?? {};
    const counted = ruleActionOverrides as { name: string; actionToUse: object }[];
    // Bodies of alerts are longer than 8 KB and hold addresses.
    expect(counted.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["SizeRestrictions_BODY", "GenericRFI_BODY"]),
    );
    expect(counted.every(({ name }) => name.endsWith("_BODY"))).toBe(true);
    for (const { actionToUse } of counted) expect(actionToUse).toEqual({ count: {} });
  });

  test("lets in GitHub's addresses alone, where the configuration names them", async () => {
    const hookAddresses = ["192.30.252.0/22", "140.82.112.0/20"];
    const other = await runProgram(withLeak({ hookAddresses }));
    expect(other.one("aws:wafv2/ipSet:IpSet", "webhooks").inputs).toMatchObject({ addresses: hookAddresses });
    expect(rules(other)[0]).toMatchObject({
      name: "NotGithub",
      priority: 0,
      action: { block: {} },
      statement: {
        notStatement: {
          statement: { ipSetReferenceStatement: { arn: "arn:of:aws:wafv2/ipSet:IpSet:webhooks" } },
        },
      },
    });
    expect(run.ofType("aws:wafv2/ipSet:IpSet")).toEqual([]);
  });
});

describe("the webhook's secret", () => {
  const passwords = (of: ProgramRun) =>
    of.ofType("random:index/randomPassword:RandomPassword").map(({ name, inputs }) => [name, inputs.keepers]);
  const stored = (of: ProgramRun) =>
    JSON.parse(
      String(
        revealed(
          of.one("aws:secretsmanager/secretVersion:SecretVersion", "github-webhook").inputs.secretString,
        ),
      ),
    );
  const signsWith = (hook: Registered) => {
    const { secret } = revealed(hook.inputs.configuration) as Record<string, unknown>;
    return revealed(secret);
  };
  const hook = (of: ProgramRun) => of.one("github:index/organizationWebhook:OrganizationWebhook", "leaks");

  test("is what GitHub signs with, and the receiver knows it beside another", () => {
    expect(stored(run)).toEqual({ current: "github-webhook-even-mock", previous: "github-webhook-odd-mock" });
    expect(signsWith(hook(run))).toBe("github-webhook-even-mock");
  });

  test("of the next generation leaves the one before alone, which stays good", async () => {
    const [one, two] = [
      await runProgram(withLeak({ webhookSecretGeneration: 1 })),
      await runProgram(withLeak({ webhookSecretGeneration: 2 })),
    ];
    expect(stored(one)).toEqual({ current: "github-webhook-odd-mock", previous: "github-webhook-even-mock" });
    expect(signsWith(hook(one))).toBe("github-webhook-odd-mock");
    expect(stored(two)).toEqual(stored(run));
    expect([run, one, two].map((each) => Object.fromEntries(passwords(each)))).toEqual([
      { "github-webhook-even": { generation: "0" }, "github-webhook-odd": { generation: "-1" } },
      { "github-webhook-even": { generation: "0" }, "github-webhook-odd": { generation: "1" } },
      { "github-webhook-even": { generation: "2" }, "github-webhook-odd": { generation: "1" } },
    ]);
  });

  test("is encrypted wherever it goes, and no output holds it", async () => {
    const version = run.one("aws:secretsmanager/secretVersion:SecretVersion", "github-webhook").inputs;
    expect(isSecret(version.secretString)).toBe(true);
    expect(isSecret(hook(run).inputs.configuration) || isSecret(secretOf(hook(run)))).toBe(true);
    expect(await pulumi.isSecret(pulumi.output(run.outputs))).toBe(false);
    expect(JSON.stringify(await settled(pulumi.output(run.outputs)))).not.toContain("-mock");
  });

  const isSecret = (value: unknown) => revealed(value) !== value;
  const secretOf = ({ inputs }: Registered) => (inputs.configuration as Record<string, unknown>).secret;
});

describe("the secrets that others issue", () => {
  test("have a place each under the stack's key, and no value from here", () => {
    for (const name of ["github-app", "slack", "siem"]) {
      expect(run.one(aws.secret, name).inputs).toMatchObject({
        name: `genesys-credential-guard/prod/${name}`,
        kmsKeyId: `arn:of:${aws.key}:credentials`,
        recoveryWindowInDays: 30,
      });
    }
    expect(run.ofType("aws:secretsmanager/secretVersion:SecretVersion").map(({ name }) => name)).toEqual([
      "github-webhook",
    ]);
  });
});

test("the cases are kept, and deliveries forgotten when they expire", () => {
  expect(run.one(aws.table, "leaks").inputs).toEqual({
    billingMode: "PAY_PER_REQUEST",
    hashKey: "pk",
    attributes: [{ name: "pk", type: "S" }],
    ttl: { attributeName: "expires", enabled: true },
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: true,
  });
});
