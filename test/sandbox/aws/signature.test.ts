import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";

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

describe("a request", () => {
  const read = new GetSecretValueCommand({ SecretId: "none" });

  test.each([
    ["with an unknown key", { AWS_ACCESS_KEY_ID: "AKIAUNKNOWN" }, "UnrecognizedClientException"],
    ["with the wrong secret", { AWS_SECRET_ACCESS_KEY: "wrong" }, "InvalidSignatureException"],
    ["with a token that is not the key's", { AWS_SESSION_TOKEN: "x" }, "UnrecognizedClientException"],
    ["for another region", { AWS_REGION: "eu-central-1" }, "InvalidSignatureException"],
  ])("signed %s is refused", async (_case, change, error) => {
    const simulator = await start();
    const environment = { ...simulator.environment(), ...change };
    expect(await nameOf(secretsClient(simulator, environment).send(read))).toBe(error);
  });

  test("signed long ago is refused", async () => {
    const simulator = await startAws({ signatureTime: () => Date.now() + 6 * 60_000 });
    started.push(simulator);
    expect(await nameOf(secretsClient(simulator).send(read))).toBe("InvalidSignatureException");
  });

  test("without a signature is refused", async () => {
    const { url } = await start();
    const response = await fetch(url, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.GetSecretValue" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  test("of another service's signature is refused", async () => {
    const simulator = await start();
    const client = new DynamoDBClient(clientOptions(simulator));
    client.middlewareStack.add(
      (next) => (given) => {
        const { headers } = given.request as { headers: Record<string, string> };
        headers["x-amz-target"] = "secretsmanager.GetSecretValue";
        return next(given);
      },
      { step: "build" },
    );
    const call = client.send(new GetItemCommand({ TableName: "t", Key: { pk: { S: "x" } } }));
    expect(await nameOf(call)).toBe("InvalidSignatureException");
  });

  test("for an operation that is not simulated is refused by name", async () => {
    const { url } = await start();
    const response = await fetch(url, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.ListSecrets" },
    });
    expect(await response.json()).toMatchObject({ __type: "UnknownOperationException" });
  });
});
