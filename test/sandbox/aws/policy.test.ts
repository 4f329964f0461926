import { compilePolicies, type PolicyDocument, type Statement } from "../../../sandbox/aws/iam/policy.ts";
import { sources, verified } from "./marks.ts";
import { failure } from "./world.ts";

const allow = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: Statement["Condition"],
): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const decide = (...statements: Statement[]) =>
  compilePolicies([{ Version: "2012-10-17", Statement: statements }]);
const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/crm-a1b2c3";

describe("an action on a resource", () => {
  verified(sources.iam, "is not allowed unless a statement allows both", async () => {
    expect(decide()("s3:GetObject", "*")).toBe(false);
    expect(compilePolicies([])("s3:GetObject", "*")).toBe(false);
    const may = decide(allow("secretsmanager:GetSecretValue", secret));
    expect(may("secretsmanager:GetSecretValue", secret)).toBe(true);
    expect(may("secretsmanager:GetSecretValue", `${secret}4`)).toBe(false);
    expect(may("secretsmanager:PutSecretValue", secret)).toBe(false);
  });

  verified(sources.iam, "is denied where any statement denies, of whatever policy", async () => {
    const allowing: PolicyDocument = { Statement: allow("*", "*") };
    const denying: PolicyDocument = {
      Statement: [{ Effect: "Deny", Action: "secretsmanager:Put*", Resource: "*" }],
    };
    const may = compilePolicies([allowing, denying]);
    expect(may("secretsmanager:GetSecretValue", secret)).toBe(true);
    expect(may("secretsmanager:PutSecretValue", secret)).toBe(false);
  });

  test.each([
    ["secretsmanager:Get*", "secretsmanager:GetSecretValue", true],
    ["SECRETSMANAGER:getsecretvalue", "secretsmanager:GetSecretValue", true],
    ["secretsmanager:GetSecretValu?", "secretsmanager:GetSecretValue", true],
    ["secretsmanager:GetSecret", "secretsmanager:GetSecretValue", false],
    ["secretsmanager.GetSecretValue", "secretsmanager:GetSecretValue", false],
    ["*", "secretsmanager:GetSecretValue", true],
  ])("action %s and %s: %s", (pattern, action, expected) => {
    expect(decide(allow(pattern, "*"))(action, secret)).toBe(expected);
  });

  test.each([
    ["arn:aws:secretsmanager:*:*:secret:rotated/*", true],
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/crm-??????", true],
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/crm-?????", false],
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/CRM-a1b2c3", false],
    ["arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated.crm-a1b2c3", false],
  ])("resource %s: %s", (pattern, expected) => {
    expect(decide(allow("*", [pattern, "arn:aws:other"]))("x:Y", secret)).toBe(expected);
  });
});

describe("a condition", () => {
  const role = "arn:aws:iam::123456789012:role/retirement-scheduler";
  const passes = (condition: Statement["Condition"], context: Record<string, string> = {}) =>
    decide(allow("iam:PassRole", role, condition))("iam:PassRole", role, context);
  const service = { "iam:PassedToService": "scheduler.amazonaws.com" };

  test.each<[string, Statement["Condition"], boolean]>([
    ["StringEquals", { StringEquals: service }, true],
    [
      "StringEquals of a list",
      { StringEquals: { "iam:PassedToService": ["x", "scheduler.amazonaws.com"] } },
      true,
    ],
    [
      "StringEquals of another case of the key",
      { StringEquals: { "IAM:passedtoservice": "scheduler.amazonaws.com" } },
      true,
    ],
    [
      "StringEquals of another value",
      { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
      false,
    ],
    ["StringNotEquals", { StringNotEquals: service }, false],
    ["StringLike", { StringLike: { "iam:PassedToService": "*.amazonaws.com" } }, true],
    ["StringNotLike", { StringNotLike: { "iam:PassedToService": "lambda.*" } }, true],
    ["Null of a key that is there", { Null: { "iam:PassedToService": "false" } }, true],
    ["Null of a key that is not", { Null: { "aws:SourceArn": "true" } }, true],
    ["Null, wrongly", { Null: { "iam:PassedToService": "true" } }, false],
    ["a key that the call does not carry", { StringEquals: { "aws:SourceArn": "x" } }, false],
    ["a key that may be missing", { StringEqualsIfExists: { "aws:SourceArn": "x" } }, true],
    ["a negated one of a missing key", { StringNotEquals: { "aws:SourceArn": "x" } }, true],
    [
      "two operators, of which one fails",
      { StringEquals: service, Null: { "iam:PassedToService": "true" } },
      false,
    ],
  ])("%s", (_case, condition, expected) => {
    expect(passes(condition, service)).toBe(expected);
  });

  test("ArnLike matches part by part", () => {
    const like = (pattern: string) =>
      passes(
        { ArnLike: { "aws:SourceArn": pattern } },
        { "aws:SourceArn": "arn:aws:lambda:eu-west-1:1:function:f" },
      );
    expect(like("arn:aws:lambda:*:1:function:*")).toBe(true);
    expect(like("arn:aws:lambda:*:function:f")).toBe(false);
  });

  test("is judged anew for every context", () => {
    const may = decide(allow("iam:PassRole", role, { StringEquals: service }));
    expect(may("iam:PassRole", role, service)).toBe(true);
    expect(may("iam:PassRole", role, { "iam:PassedToService": "x" })).toBe(false);
    expect(may("iam:PassRole", role)).toBe(false);
    expect(may("iam:PassRole", role, service)).toBe(true);
  });
});

describe("what is not supported is refused, not passed over", () => {
  test.each<[string, object]>([
    ["NotAction", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
    ["NotResource", { Effect: "Allow", Action: "*", Resource: "*", NotResource: "x" }],
    ["Principal", { ...allow("*", "*"), Principal: "*" }],
    ["an operator", allow("*", "*", { DateGreaterThan: { "aws:CurrentTime": "2026-01-01" } })],
    ["a set operator", allow("*", "*", { "ForAllValues:StringEquals": { "aws:TagKeys": "x" } })],
    ["a policy variable", allow("*", `arn:aws:s3:::bucket/$\{aws:username}`)],
    ["an effect", { Effect: "Maybe", Action: "*", Resource: "*" }],
    ["a statement without actions", allow([], "*")],
  ])("%s", (_case, statement) => {
    expect(failure(() => decide(statement as Statement)).message).toMatch(/not supported|must be|needs/);
  });
});
