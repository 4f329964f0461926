/** The vendor's own client, and ours, talk to the simulated AWS. */
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";
import type { PolicyDocument } from "../../../sandbox/aws/iam/policy.ts";

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

const start = async () => {
  const simulator = await startAws();
  started.push(simulator);
  return simulator;
};

const clientOptions = (simulator: AwsSimulator, environment = simulator.environment()) => ({
  endpoint: simulator.url,
  region: environment.AWS_REGION ?? "",
  credentials: {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    ...(environment.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: environment.AWS_SESSION_TOKEN }),
  },
  maxAttempts: 1,
});

const secretsClient = (simulator: AwsSimulator, environment?: Record<string, string>) =>
  new SecretsManagerClient(clientOptions(simulator, environment));

const nameOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("The call was expected to fail, and did not.");
  return error.name;
};

test("the vendor's client creates, reads, rotates by labels, deletes and restores a secret", async () => {
  const simulator = await start();
  const client = secretsClient(simulator);
  const created = await client.send(
    new CreateSecretCommand({ Name: "rotated/crm", SecretString: "one", Description: "CRM" }),
  );
  expect(created).toMatchObject({ Name: "rotated/crm", VersionId: expect.any(String) });
  const SecretId = created.ARN ?? "";
  const first = created.VersionId ?? "";

  const { VersionId: second = "" } = await client.send(
    new PutSecretValueCommand({ SecretId, SecretString: "two", VersionStages: ["AWSPENDING"] }),
  );
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: second,
      RemoveFromVersionId: first,
    }),
  );
  const described = await client.send(new DescribeSecretCommand({ SecretId: "rotated/crm" }));
  expect(described).toMatchObject({
    ARN: SecretId,
    Description: "CRM",
    VersionIdsToStages: { [first]: ["AWSPREVIOUS"], [second]: ["AWSCURRENT", "AWSPENDING"] },
  });
  expect(described.CreatedDate).toBeInstanceOf(Date);
  expect(Math.abs((described.CreatedDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(described.RotationEnabled).toBeUndefined();
  const value = await client.send(new GetSecretValueCommand({ SecretId }));
  expect(value).toMatchObject({ SecretString: "two", VersionId: second });
  const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([first, second]);

  await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toBeInstanceOf(
    InvalidRequestException,
  );
  await client.send(new RestoreSecretCommand({ SecretId }));
  expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe("two");
});

test("the vendor's client configures rotation, and the function is called", async () => {
  const simulator = await start();
  const { aws } = simulator;
  const steps: unknown[] = [];
  aws.host(async (_arn, event) => {
    steps.push((event as { Step: string }).Step);
    throw new Error("not now");
  });
  const client = secretsClient(simulator);
  const { ARN: SecretId } = await client.send(
    new CreateSecretCommand({ Name: "rotated/x", SecretString: "x" }),
  );
  const { VersionId: pending } = await client.send(
    new RotateSecretCommand({
      SecretId,
      RotationLambdaARN: aws.functionArns.rotate,
      RotationRules: { ScheduleExpression: "rate(4 hours)" },
    }),
  );
  await aws.runDue();
  expect(steps).toEqual(["createSecret"]);
  const described = await client.send(new DescribeSecretCommand({ SecretId }));
  expect(described).toMatchObject({
    RotationEnabled: true,
    RotationRules: { ScheduleExpression: "rate(4 hours)" },
    VersionIdsToStages: { [pending ?? ""]: ["AWSPENDING"] },
  });
  expect(await nameOf(client.send(new RotateSecretCommand({ SecretId })))).toBe("InvalidRequestException");
  const cancelled = await client.send(new CancelRotateSecretCommand({ SecretId }));
  expect(cancelled.VersionId).toBe(pending);
  expect((await client.send(new DescribeSecretCommand({ SecretId }))).RotationEnabled).toBe(false);
});

test("the vendor's client gets the service's own errors", async () => {
  const simulator = await start();
  const client = secretsClient(simulator);
  const missing = client.send(new GetSecretValueCommand({ SecretId: "none" }));
  await expect(missing).rejects.toThrow("Secrets Manager can't find the specified secret.");
  await expect(client.send(new GetSecretValueCommand({ SecretId: "none" }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
  const created = await client.send(new CreateSecretCommand({ Name: "rotated/y", SecretString: "y" }));
  const again = client.send(new CreateSecretCommand({ Name: "rotated/y", SecretString: "z" }));
  await expect(again).rejects.toBeInstanceOf(ResourceExistsException);
  const other = new PutSecretValueCommand({
    SecretId: created.ARN,
    SecretString: "other",
    ClientRequestToken: created.VersionId,
  });
  await expect(client.send(other)).rejects.toBeInstanceOf(ResourceExistsException);
  const binary = new PutSecretValueCommand({ SecretId: created.ARN, SecretBinary: new Uint8Array([1]) });
  expect(await nameOf(client.send(binary))).toBe("InvalidParameterException");
});

test("the vendor's client writes under conditions, and reads pages", async () => {
  const simulator = await start();
  const client = new DynamoDBClient(clientOptions(simulator));
  const TableName = simulator.aws.ledgerTable.name;
  const acquire = (holder: string) =>
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: "credential#x" } },
      UpdateExpression: "SET #h = :h ADD fence :one",
      ConditionExpression: "attribute_not_exists(#h) OR #h = :h",
      ExpressionAttributeNames: { "#h": "holder" },
      ExpressionAttributeValues: { ":h": { S: holder }, ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    });
  const { Attributes } = await client.send(acquire("a"));
  expect(Attributes).toEqual({ pk: { S: "credential#x" }, holder: { S: "a" }, fence: { N: "1" } });
  await expect(client.send(acquire("b"))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  for (let number = 0; number < 5; number += 1)
    await client.send(new PutItemCommand({ TableName, Item: { pk: { S: `n${number}` }, at: { N: "1" } } }));
  const got = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: "n3" } } }));
  expect(got.Item).toEqual({ pk: { S: "n3" }, at: { N: "1" } });
  const keys = [];
  let ExclusiveStartKey: Record<string, { S: string }> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, Limit: 2, ExclusiveStartKey }));
    keys.push(...(page.Items ?? []).map(({ pk }) => pk?.S));
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  expect(keys).toEqual(["credential#x", "n0", "n1", "n2", "n3", "n4"]);
  const filtered = new ScanCommand({ TableName, FilterExpression: "attribute_exists(pk)" });
  await expect(client.send(filtered)).rejects.toThrow("FilterExpression is not supported here");
});

test("a key does what its policy says, and session keys sign too", async () => {
  const simulator = await start();
  const key = simulator.aws.secretsKey;
  const admin = secretsClient(simulator);
  const { ARN = "" } = await admin.send(
    new CreateSecretCommand({ Name: "rotated/z", SecretString: "z", KmsKeyId: key }),
  );
  const policy = (...statements: [string, string][]): PolicyDocument => ({
    Statement: statements.map(([Action, Resource]) => ({ Effect: "Allow", Action, Resource })),
  });
  const readWith = async (document: PolicyDocument) => {
    const issuedKey = simulator.issueKey(document, "session");
    const client = secretsClient(simulator, simulator.environment(issuedKey));
    const outcome = await client.send(new GetSecretValueCommand({ SecretId: ARN })).then(
      ({ SecretString }) => SecretString,
      ({ name, message }: Error) => `${name}: ${message}`,
    );
    return { outcome, exercised: [...issuedKey.exercised] };
  };
  const both = await readWith(policy(["secretsmanager:GetSecretValue", ARN], ["kms:Decrypt", key]));
  expect(both).toEqual({ outcome: "z", exercised: ["secretsmanager:GetSecretValue", "kms:Decrypt"] });
  const keyless = await readWith(policy(["secretsmanager:GetSecretValue", ARN]));
  expect(keyless.outcome).toBe("AccessDeniedException: Access to KMS is not allowed");
  const elsewhere = await readWith(policy(["secretsmanager:GetSecretValue", `${ARN}x`]));
  expect(elsewhere.outcome).toMatch(
    /^AccessDeniedException: .*not authorized.*GetSecretValue on resource: arn/,
  );
});

test("calls are counted by operation, and fail on demand", async () => {
  const simulator = await start();
  const client = secretsClient(simulator);
  const { ARN: SecretId } = await client.send(
    new CreateSecretCommand({ Name: "rotated/f", SecretString: "f" }),
  );
  const route = "/secretsmanager.GetSecretValue";
  simulator.faults.add({ route, times: 1, fault: { kind: "status", status: 503 } });
  const read = () => client.send(new GetSecretValueCommand({ SecretId }));
  expect(await nameOf(read())).toBe("InternalServiceError");
  expect((await read()).SecretString).toBe("f");
  simulator.faults.add({ route, times: 1, fault: { kind: "dropAfter" } });
  expect(await nameOf(read())).not.toBe("InternalServiceError");
  expect(simulator.calls.count(`POST ${route}`)).toBe(3);
});
