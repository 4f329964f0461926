import { randomBytes, randomUUID } from "node:crypto";
import { inspect } from "node:util";
import {
  type CredentialError,
  InvalidOptionError,
  InvalidSecretValueError,
  MissingAwsCredentialsError,
  SecretAccessDeniedError,
  SecretNotFoundError,
  type SecretsManagerOptions,
  SourceUnavailableError,
  secretsManagerSource,
} from "../../../client/index.ts";
import { formatSecretValue } from "../../../core/rotation/secret-value.ts";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";
import { issued } from "../../../sandbox/secrecy/issued.ts";
import { virtualClock } from "../consumer.ts";

let aws: AwsSimulator;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.calls.reset();
  aws.faults.clear();
});

const newSecret = () => issued(randomBytes(24).toString("base64url"));
const value = (clientId: string) => ({ clientId, clientSecret: newSecret(), region: "eu-central-1" });

/** A rotated secret of that name, with its first value. */
const secretOf = (text: string): string =>
  aws.aws.createRotatedSecret(`rotated/${randomUUID()}`, {
    ClientRequestToken: randomUUID(),
    SecretString: text,
  });

const sourceOf = (secretId: string, options: Partial<SecretsManagerOptions> = {}) => {
  const clock = virtualClock(Date.now());
  const source = secretsManagerSource({
    secretId,
    environment: aws.environment(),
    clock,
    random: () => 0.5,
    ...options,
  });
  return { clock, fetch: source.fetch };
};

const failing = async (work: Promise<unknown>): Promise<CredentialError> =>
  work.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error) => error,
  );

test("the current version is read, and nothing else", async () => {
  const stored = value("client-1");
  const arn = secretOf(formatSecretValue(stored));
  expect(await sourceOf(arn).fetch()).toEqual(stored);
  expect(aws.calls.byRoute()).toEqual({
    "POST /secretsmanager.DescribeSecret": 1,
    "POST /secretsmanager.GetSecretValue": 1,
  });
});

test("the time of the next rotation comes with it", async () => {
  const arn = secretOf(formatSecretValue(value("client-1")));
  aws.aws.secretsManager.rotateSecret({
    SecretId: arn,
    ClientRequestToken: randomUUID(),
    RotationLambdaARN: aws.aws.functionArns.rotate,
    RotationRules: { ScheduleExpression: "rate(4 hours)" },
    RotateImmediately: false,
  });
  const { NextRotationDate } = aws.aws.secretsManager.describeSecret({ SecretId: arn });
  expect(NextRotationDate).toBeDefined();
  expect(await sourceOf(arn).fetch()).toMatchObject({ nextRotationAt: NextRotationDate?.getTime() });
});

describe("rights", () => {
  const key = (...actions: string[]) =>
    aws.issueKey(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: ["*"] }] } as never,
      "session",
    );

  test("to read the value are enough; without those to describe, the next rotation is not known", async () => {
    const stored = value("client-1");
    const reader = key("secretsmanager:GetSecretValue", "kms:Decrypt");
    const { fetch } = sourceOf(secretOf(formatSecretValue(stored)), { environment: aws.environment(reader) });
    expect(await fetch()).toEqual(stored);
  });

  test("that are missing are told by name", async () => {
    const arn = secretOf(formatSecretValue(value("client-1")));
    const { fetch } = sourceOf(arn, { environment: aws.environment(key("secretsmanager:DescribeSecret")) });
    const error = await failing(fetch());
    expect(error).toBeInstanceOf(SecretAccessDeniedError);
    expect(error.message).toContain(arn);
    expect(error.message).toContain(
      "needs secretsmanager:GetSecretValue and DescribeSecret, and kms:Decrypt",
    );
  });

  test("of a key that AWS does not know are none", async () => {
    const environment = { ...aws.environment(), AWS_ACCESS_KEY_ID: "AKIAUNKNOWN" };
    const { fetch } = sourceOf(secretOf(formatSecretValue(value("client-1"))), { environment });
    expect(await failing(fetch())).toBeInstanceOf(SecretAccessDeniedError);
  });
});

describe("a secret", () => {
  const none = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/none-AbCdEf";

  test("that there is not is told", async () => {
    const error = await failing(sourceOf(none).fetch());
    expect(error).toBeInstanceOf(SecretNotFoundError);
    expect(error).toMatchObject({ code: "secret-not-found" });
    expect(error.message).toContain(`${none}: Secrets Manager answers 400 ResourceNotFoundException`);
  });

  test("without a current version is told", async () => {
    const arn = aws.aws.createRotatedSecret(`rotated/${randomUUID()}`);
    expect(await failing(sourceOf(arn).fetch())).toBeInstanceOf(SecretNotFoundError);
  });

  test("that is to be deleted is told", async () => {
    const arn = secretOf(formatSecretValue(value("client-1")));
    aws.aws.secretsManager.deleteSecret({ SecretId: arn });
    expect(await failing(sourceOf(arn).fetch())).toBeInstanceOf(SecretNotFoundError);
  });

  test.each([
    ["text", () => newSecret()],
    ["a list", () => JSON.stringify([newSecret()])],
    ["null", () => "null"],
    ["a field too little", () => JSON.stringify({ clientId: "c", clientSecret: newSecret() })],
    [
      "an empty field",
      () => JSON.stringify({ clientId: "", clientSecret: newSecret(), region: "us-east-1" }),
    ],
    ["a number", () => JSON.stringify({ clientId: 1, clientSecret: newSecret(), region: "us-east-1" })],
  ])("that was edited by hand to %s is told, and not shown", async (_, make) => {
    const text = make();
    const error = await failing(sourceOf(secretOf(text)).fetch());
    expect(error).toBeInstanceOf(InvalidSecretValueError);
    if (text !== "null") expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(text);
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(JSON.stringify(text));
  });
});

describe("a failure", () => {
  test.each([
    ["a rate limit", { kind: "status", status: 429 } as const],
    ["of the service", { kind: "status", status: 500 } as const],
    ["of the network", { kind: "dropBefore" } as const],
  ])("such as %s is not noticed where it passes", async (_, fault) => {
    const stored = value("client-1");
    aws.faults.add({ fault, times: 2 });
    const { fetch, clock } = sourceOf(secretOf(formatSecretValue(stored)));
    expect(await fetch()).toEqual(stored);
    expect(clock.pauses).toEqual([200, 400]);
  });

  test.each([
    ["a rate limit", { kind: "status", status: 429 } as const, "answers 429 ThrottlingException"],
    ["of the network", { kind: "dropBefore" } as const, "gives no answer"],
  ])("such as %s is told after three attempts", async (_, fault, words) => {
    aws.faults.add({ fault });
    const error = await failing(sourceOf(secretOf(formatSecretValue(value("c")))).fetch());
    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(error.message).toContain(words);
    expect(aws.calls.count()).toBe(3);
  });

  test("of a proxy that answers with a page is one too", async () => {
    const page: typeof globalThis.fetch = async () => new Response("<html>Log in</html>", { status: 503 });
    const { fetch } = sourceOf(secretOf("{}"), { fetch: page });
    expect(await failing(fetch())).toBeInstanceOf(SourceUnavailableError);
  });
});

test.each([-3_600, -400, 400, 86_400])("a clock that is %p seconds wrong is corrected", async (seconds) => {
  const stored = value("client-1");
  const { fetch } = sourceOf(secretOf(formatSecretValue(stored)), {
    clock: virtualClock(Date.now() + seconds * 1000),
  });
  expect(await fetch()).toEqual(stored);
  expect(aws.calls.count()).toBe(3);
});

describe("the AWS region", () => {
  const hostsOf = async (options: SecretsManagerOptions): Promise<string[]> => {
    const hosts: string[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      hosts.push(String(url));
      return new Response(JSON.stringify({ SecretString: formatSecretValue(value("c")) }));
    };
    const credentials = async () => ({ accessKeyId: "a", secretAccessKey: "b" });
    await secretsManagerSource({ credentials, environment: {}, fetch, ...options }).fetch();
    return [...new Set(hosts)];
  };
  const inRegion = (region: string, partition = "aws") =>
    `arn:${partition}:secretsmanager:${region}:123456789012:secret:rotated/crm-AbCdEf`;

  test.each([
    [{ secretId: inRegion("eu-west-1") }, "https://secretsmanager.eu-west-1.amazonaws.com/"],
    [{ secretId: inRegion("cn-north-1", "aws-cn") }, "https://secretsmanager.cn-north-1.amazonaws.com.cn/"],
    [
      { secretId: inRegion("eusc-de-east-1", "aws-eusc") },
      "https://secretsmanager.eusc-de-east-1.amazonaws.eu/",
    ],
    [{ secretId: "crm", region: "us-west-2" }, "https://secretsmanager.us-west-2.amazonaws.com/"],
    [
      { secretId: "crm", environment: { AWS_REGION: "sa-east-1" } },
      "https://secretsmanager.sa-east-1.amazonaws.com/",
    ],
    [
      {
        secretId: inRegion("us-east-1"),
        environment: {
          AWS_ENDPOINT_URL: "http://localhost:1",
          AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://localhost:2",
        },
      },
      "http://localhost:2/",
    ],
    [
      { secretId: inRegion("us-east-1"), environment: { AWS_ENDPOINT_URL: "http://localhost:1" } },
      "http://localhost:1/",
    ],
    [
      {
        secretId: inRegion("us-east-1"),
        endpoint: "http://localhost:3",
        environment: { AWS_ENDPOINT_URL: "http://localhost:1" },
      },
      "http://localhost:3/",
    ],
  ])("and the endpoint follow from %j", async (options, host) => {
    expect(await hostsOf(options)).toEqual([host]);
  });

  test("must be known", () => {
    expect(() => secretsManagerSource({ secretId: "crm", environment: {} })).toThrow(InvalidOptionError);
    expect(() => secretsManagerSource({ secretId: "crm", environment: {} })).toThrow("set AWS_REGION");
  });
});

test("without AWS credentials nothing is sent", async () => {
  const { AWS_ACCESS_KEY_ID: _, ...environment } = aws.environment();
  const error = await failing(sourceOf(secretOf("{}"), { environment }).fetch());
  expect(error).toBeInstanceOf(MissingAwsCredentialsError);
  expect(aws.calls.count()).toBe(0);
});

test("AWS credentials of the SDK's own providers are used until shortly before their end", async () => {
  const arn = secretOf(formatSecretValue(value("client-1")));
  let asked = 0;
  const clock = virtualClock(Date.now());
  const key = aws.issueKey("unrestricted", "session");
  const credentials = async () => {
    asked += 1;
    return { ...key, expiration: new Date(clock.now() + 600_000) };
  };
  const { fetch } = sourceOf(arn, { credentials, clock });
  await fetch();
  clock.pass(299);
  await fetch();
  expect(asked).toBe(1);
  clock.pass(1);
  await fetch();
  expect(asked).toBe(2);
});
