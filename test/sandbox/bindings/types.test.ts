import { randomBytes } from "node:crypto";
import { isSecret, type PropertyMap, secret } from "../../../engine/model/property.ts";
import { type Account, functionInputs, makeRole, openAccount, statement } from "./stack.ts";

const hour = 3_600_000;
let account: Account;
beforeEach(() => {
  account = openAccount();
});

const makeSecret = (inputs: PropertyMap = {}) =>
  account.create("aws:secretsmanager/secret:Secret", "credential", {
    name: "team/credential",
    recoveryWindowInDays: 0,
    ...inputs,
  });

/** A function of the catalog that may do `statements`. */
const makeFunction = (name: string, ...statements: PropertyMap[]) => {
  const role = makeRole(account, name, "lambda.amazonaws.com", ...statements);
  const { id } = makeSecret({ name: `of/${name}` });
  return account.create("aws:lambda/function:Function", name, functionInputs(name, role, id));
};

describe("a secret", () => {
  test("exists from its creation until it is deleted", () => {
    const { id, outputs } = makeSecret({ description: "first" });

    expect(outputs).toMatchObject({ arn: id, name: "team/credential", description: "first" });
    expect(account.region.secretsManager.describeSecret({ SecretId: id }).Description).toBe("first");
    account.update("aws:secretsmanager/secret:Secret", "credential", id, {
      description: "second",
      recoveryWindowInDays: 0,
    });
    expect(account.region.secretsManager.describeSecret({ SecretId: id }).Description).toBe("second");
    account.delete("aws:secretsmanager/secret:Secret", "credential", id);
    expect([...account.region.secretsManager.store.all]).toEqual([]);
    expect(account.registry.all).toEqual([]);
  });

  test("deleted by hand has gone", () => {
    const { id } = makeSecret();
    account.region.secretsManager.deleteSecret({ SecretId: id });

    expect(account.read("aws:secretsmanager/secret:Secret", "credential", id)).toBeUndefined();
  });

  test("with a recovery window keeps its name", () => {
    const { id } = makeSecret({ recoveryWindowInDays: 30 });
    account.delete("aws:secretsmanager/secret:Secret", "credential", id);

    expect(() => makeSecret()).toThrow("already scheduled for deletion");
  });
});

describe("a version of a secret", () => {
  const type = "aws:secretsmanager/secretVersion:SecretVersion";
  const current = (SecretId: string) =>
    account.region.secretsManager.getSecretValue({ SecretId }).SecretString;

  test("becomes its value, and the one before keeps being there as the previous", () => {
    const { id } = makeSecret();
    const first = account.create(type, "value", { secretId: id, secretString: secret("first") });
    const second = account.create(type, "value", { secretId: id, secretString: secret("second") });
    expect(current(id)).toBe("second");
    expect(isSecret(second.outputs.secretString)).toBe(true);
    account.delete(type, "value", first.id);

    expect(current(id)).toBe("second");
    expect(() =>
      account.region.secretsManager.getSecretValue({ SecretId: id, VersionStage: "AWSPREVIOUS" }),
    ).toThrow("AWSPREVIOUS");
  });

  test("that is current stays so when it is deleted: a secret cannot be without", () => {
    const { id } = makeSecret();
    const only = account.create(type, "value", { secretId: id, secretString: "only" });
    account.delete(type, "value", only.id);

    expect(current(id)).toBe("only");
  });
});

describe("a rotation schedule", () => {
  const schedule = (secretId: string, functionArn: string) =>
    account.create("aws:secretsmanager/secretRotation:SecretRotation", "rotation", {
      secretId,
      rotationLambdaArn: functionArn,
      rotateImmediately: false,
      rotationRules: { scheduleExpression: "rate(24 hours)" },
    });

  test("calls the function when its time has come, if Secrets Manager may", async () => {
    const { id } = makeSecret();
    const { outputs } = makeFunction("rotate");
    account.create("aws:lambda/permission:Permission", "rotate", {
      function: String(outputs.arn),
      action: "lambda:InvokeFunction",
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: account.cloud.account,
    });
    schedule(id, String(outputs.arn));
    await account.clock.advanceBy(hour);
    const calls = account.cloud.invocations.length;

    await account.clock.advanceBy(48 * hour);

    expect(account.cloud.invocations.length).toBeGreaterThan(calls);
  });

  test.each([
    ["without a permission", {}],
    ["with a permission for another service", { principal: "events.amazonaws.com" }],
    ["with a permission for another account", { sourceAccount: "999999999999" }],
    [
      "with a permission for another secret",
      { sourceArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:x" },
    ],
  ])("calls nothing %s", async (_what, permission) => {
    const { id } = makeSecret();
    const { outputs } = makeFunction("rotate");
    if (Object.keys(permission).length > 0)
      account.create("aws:lambda/permission:Permission", "rotate", {
        function: String(outputs.arn),
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        ...permission,
      });
    schedule(id, String(outputs.arn));

    await account.clock.advanceBy(48 * hour);

    expect(account.cloud.invocations).toEqual([]);
  });

  test("that is deleted fires no more", () => {
    const { id } = makeSecret();
    schedule(id, "arn:aws:lambda:us-east-1:123456789012:function:x");
    account.delete("aws:secretsmanager/secretRotation:SecretRotation", "rotation", id);

    expect(account.region.secretsManager.describeSecret({ SecretId: id }).RotationEnabled).toBe(false);
  });
});

describe("a function", () => {
  test("is refused where its role is not Lambda's, or its code has no declarations", () => {
    const role = makeRole(account, "other", "ec2.amazonaws.com");
    const inputs = functionInputs("rotate", role, "arn");

    expect(() => account.create("aws:lambda/function:Function", "rotate", inputs)).toThrow(
      "cannot be assumed",
    );
    const right = makeRole(account, "right", "lambda.amazonaws.com");
    expect(() =>
      account.create("aws:lambda/function:Function", "rotate", {
        ...inputs,
        role: right,
        code: { assets: {} },
      }),
    ).toThrow("no declarations.json");
  });

  test("may do nothing that its role's policies do not allow", async () => {
    const { outputs } = makeFunction("rotate");
    const { id: secretId } = makeSecret();
    const event = { Step: "createSecret", SecretId: secretId, ClientRequestToken: "0".repeat(32) };

    const answer = account.region.lambda
      .invoke(String(outputs.arn), event)
      .catch((error: Error) => error.message);
    await account.clock.advanceBy(hour);

    expect(await answer).toMatch(/no secret of this stack|not authorized/);
  });

  test("that is deleted cannot be called", async () => {
    const { id, outputs } = makeFunction("rotate");
    account.delete("aws:lambda/function:Function", "rotate", id);

    const answer = account.region.lambda
      .invoke(String(outputs.arn), {})
      .catch((error: Error) => error.message);
    await account.clock.advanceBy(1000);

    expect(await answer).toContain("Function not found");
  });
});

describe("a queue", () => {
  const take = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

  test("feeds the function that is mapped to it, and what fails too often goes to the dead letters", async () => {
    const dead = account.create("aws:sqs/queue:Queue", "dead", { fifoQueue: true });
    const { outputs } = account.create("aws:sqs/queue:Queue", "work", {
      fifoQueue: true,
      visibilityTimeoutSeconds: 60,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.outputs.arn, maxReceiveCount: 2 }),
    });
    const arn = String(outputs.arn);
    const { outputs: made } = makeFunction("emergency", statement(take, arn));
    account.create("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
      eventSourceArn: arn,
      functionName: String(made.arn),
      batchSize: 1,
    });
    const queue = account.region.queueByUrl(String(outputs.url));
    queue?.send({ body: "not JSON", groupId: "g", deduplicationId: "1" });

    await account.clock.advanceBy(hour);

    expect(account.cloud.invocations.map(({ name }) => name)).toEqual(["dev-emergency", "dev-emergency"]);
    expect(account.region.queues.get(String(dead.outputs.arn))?.messages.map(({ body }) => body)).toEqual([
      "not JSON",
    ]);
  });

  test("cannot be mapped to a function that may not take messages", () => {
    const { outputs } = account.create("aws:sqs/queue:Queue", "work");
    const { outputs: made } = makeFunction("emergency", statement(take.slice(0, 1), String(outputs.arn)));

    expect(() =>
      account.create("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", {
        eventSourceArn: String(outputs.arn),
        functionName: String(made.arn),
      }),
    ).toThrow("does not have permissions to call DeleteMessage on SQS");
  });
});

describe("a recurring schedule", () => {
  const schedule = (functionArn: string, roleArn: string, more: PropertyMap = {}) =>
    account.create("aws:scheduler/schedule:Schedule", "tick", {
      scheduleExpression: "rate(1 hour)",
      target: { arn: functionArn, roleArn, input: "{}" },
      ...more,
    });

  test("calls its function in its rate until it is deleted", async () => {
    const { outputs } = makeFunction("reconcile");
    const arn = String(outputs.arn);
    const role = makeRole(
      account,
      "scheduler",
      "scheduler.amazonaws.com",
      statement("lambda:InvokeFunction", arn),
    );
    const { id } = schedule(arn, role);

    await account.clock.advanceBy(3.5 * hour);
    const starts = new Set(account.cloud.invocations.map(({ startedAt }) => Math.floor(startedAt / hour)));
    account.delete("aws:scheduler/schedule:Schedule", "tick", id);
    await account.clock.advanceBy(hour);
    const after = account.cloud.invocations.length;
    await account.clock.advanceBy(10 * hour);

    expect(starts.size).toBe(3);
    expect(account.cloud.invocations).toHaveLength(after);
  });

  test("whose role may not call the function stops the clock with AWS's words", async () => {
    const { outputs } = makeFunction("reconcile");
    schedule(String(outputs.arn), makeRole(account, "scheduler", "scheduler.amazonaws.com"));

    await expect(account.clock.advanceBy(2 * hour)).rejects.toThrow("lambda:InvokeFunction");
  });

  test.each([
    [{ scheduleExpression: "cron(0 1 * * ? *)" }, "rate(N minutes|hours|days)"],
    [{ groupName: "missing" }, "Schedule group missing does not exist"],
  ])("%j is refused", (more, message) => {
    expect(() => schedule("arn", "arn", more)).toThrow(message);
  });
});

describe("an Elastic IP", () => {
  test("is an address that the organisation knows, given back with its deletion", () => {
    const first = account.create("aws:ec2/eip:Eip", "a");
    const second = account.create("aws:ec2/eip:Eip", "b");
    account.delete("aws:ec2/eip:Eip", "a", first.id);
    const third = account.create("aws:ec2/eip:Eip", "c");

    expect([first, second, third].map(({ outputs }) => outputs.publicIp)).toEqual([
      "52.204.1.10",
      "52.204.1.11",
      "52.204.1.10",
    ]);
  });
});

describe("@pulumi/random", () => {
  test("really makes values, passwords as secrets", () => {
    const type = "random:index/randomPassword:RandomPassword";
    const [first, second] = ["a", "b"].map((name) =>
      account.create(type, name, { length: 24, special: false }),
    );

    expect(isSecret(first?.outputs.result) && first.outputs.result.value).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(first?.outputs.result).not.toEqual(second?.outputs.result);
    expect(account.create("random:index/randomId:RandomId", "id", { byteLength: 4 }).outputs.hex).toMatch(
      /^[0-9a-f]{8}$/,
    );
  });
});

describe("any other type", () => {
  test("is recorded with its inputs, and gets id and ARN in AWS's form", () => {
    const { id, outputs } = account.create("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" });

    expect(id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(outputs).toMatchObject({
      cidrBlock: "10.0.0.0/16",
      arn: `arn:aws:ec2:us-east-1:123456789012:vpc/${id}`,
    });
    expect(account.registry.recordedTypes).toEqual(["aws:ec2/vpc:Vpc"]);
    expect(account.create("github:index/repository:Repository", "repo", { name: "x" }).id).toMatch(/^repo-/);
  });

  test("keeps its outputs through an update, and the inputs that are no longer given go", () => {
    const { id, outputs } = account.create("aws:ec2/vpc:Vpc", "network", {
      cidrBlock: "10.0.0.0/16",
      tags: {},
    });

    const updated = account.update("aws:ec2/vpc:Vpc", "network", id, { cidrBlock: "10.0.0.0/16" });

    expect(updated.outputs).toEqual({
      cidrBlock: "10.0.0.0/16",
      arn: outputs.arn,
      name: outputs.name,
      mainRouteTableId: outputs.mainRouteTableId,
      defaultRouteTableId: outputs.defaultRouteTableId,
      defaultSecurityGroupId: outputs.defaultSecurityGroupId,
      defaultNetworkAclId: outputs.defaultNetworkAclId,
    });
  });
});

test("a secret input stays one in what is recorded and answered", () => {
  const value = secret(randomBytes(12).toString("hex"));
  const { id, outputs } = account.create("aws:ssm/parameter:Parameter", "p", { value });

  expect(outputs.value).toEqual(value);
  expect(account.read("aws:ssm/parameter:Parameter", "p", id)?.inputs.value).toEqual(value);
});
