import { Secret } from "../../../apis/http/secret.ts";
import { rotatorPorts } from "../../../functions/aws/rotator-ports.ts";
import { PortError } from "../../../functions/ports.ts";
import { createSessions } from "../../../functions/rotator/sessions.ts";
import { newSecret } from "../../apis/aws/harness.ts";
import { type Received, startLoopback } from "../../apis/loopback.ts";

const lambda = (endpoint: string): NodeJS.ProcessEnv => ({
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "KEY",
  AWS_SECRET_ACCESS_KEY: newSecret(),
  AWS_SESSION_TOKEN: newSecret(),
  AWS_ENDPOINT_URL: endpoint,
  LEDGER_TABLE: "ledger",
  SCHEDULE_GROUP: "retirement",
  RETIRE_FUNCTION_ARN: "arn:aws:lambda:eu-central-1:1:function:retire",
  SCHEDULER_ROLE_ARN: "arn:aws:iam::1:role/scheduler",
  SCHEDULE_DEAD_LETTER_ARN: "arn:aws:sqs:eu-central-1:1:retirements",
  EMERGENCY_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/1/emergencies.fifo",
  GENESYSCLOUD_API_URL: endpoint,
  GENESYSCLOUD_LOGIN_URL: endpoint,
});

const operationOf = ({ method, path, headers }: Received): string =>
  `${headers["x-amz-target"] ?? `${method} ${path}`}`;

const withLambda = async (
  use: (environment: NodeJS.ProcessEnv, requests: () => string[]) => Promise<void>,
): Promise<void> => {
  const server = await startLoopback(({ path, headers }) => {
    if (path === "/oauth/token") return { body: { access_token: newSecret(), expires_in: 3600 } };
    const operation = `${headers["x-amz-target"]}`;
    if (operation.endsWith("DescribeSecret")) return { body: { ARN: "arn:crm", Name: "crm" } };
    if (operation.endsWith("GetSecretValue"))
      return { body: { VersionId: "v", SecretString: "the value of a test" } };
    return { body: { Attributes: { fence: { N: "1" } }, Items: [] } };
  });
  try {
    await use(lambda(server.url), () => server.received.map(operationOf));
  } finally {
    await server.close();
  }
};

const written = async (act: () => void): Promise<string> => {
  let text = "";
  const spy = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    act();
  } finally {
    spy.mockRestore();
  }
  return text;
};

test("every port reaches its service with what Lambda sets", async () => {
  await withLambda(async (environment, requests) => {
    const { secrets, trigger, ledger, scheduler, emergencies } = rotatorPorts(environment);
    const lease = { key: "k", holder: "a", fence: 1, until: 0 };
    await secrets.describe("crm");
    await secrets.value("crm", { stage: "AWSCURRENT" });
    await secrets.put("crm", { versionId: "v".repeat(32), value: new Secret(newSecret()), stages: [] });
    await secrets.moveStage("crm", "AWSCURRENT", { to: "a" });
    await trigger.rotateNow("crm", "v".repeat(32));
    await ledger.acquire("k", "a", 60);
    await ledger.read("k");
    await ledger.write(lease, {});
    await ledger.release(lease);
    await ledger.all();
    await scheduler.at("retire-1", 0, {});
    await emergencies.send({ group: "crm", deduplicationId: "1", body: {} });
    expect(requests().sort()).toEqual(
      [
        "secretsmanager.DescribeSecret",
        "secretsmanager.ListSecretVersionIds",
        "secretsmanager.GetSecretValue",
        "secretsmanager.PutSecretValue",
        "secretsmanager.UpdateSecretVersionStage",
        "secretsmanager.RotateSecret",
        ...["UpdateItem", "GetItem", "UpdateItem", "UpdateItem", "Scan"].map(
          (name) => `DynamoDB_20120810.${name}`,
        ),
        "POST /schedules/retire-1",
        "AmazonSQS.SendMessage",
      ].sort(),
    );
  });
});

test("a function needs the variables of the ports that it uses, and is told which is missing", async () => {
  await withLambda(async (environment, requests) => {
    const missing = (name: string) => rotatorPorts({ ...environment, [name]: " " });
    const lease = { key: "k", holder: "a", fence: 1, until: 0 };
    const calls: Record<string, (name: string) => Promise<unknown>> = {
      LEDGER_TABLE: (name) => missing(name).ledger.write(lease, {}),
      SCHEDULE_GROUP: (name) => missing(name).scheduler.at("r", 0, {}),
      RETIRE_FUNCTION_ARN: (name) => missing(name).scheduler.at("r", 0, {}),
      SCHEDULER_ROLE_ARN: (name) => missing(name).scheduler.at("r", 0, {}),
      SCHEDULE_DEAD_LETTER_ARN: (name) => missing(name).scheduler.at("r", 0, {}),
      EMERGENCY_QUEUE_URL: (name) =>
        missing(name).emergencies.send({ group: "g", deduplicationId: "1", body: {} }),
    };
    for (const [name, call] of Object.entries(calls)) {
      const error: unknown = await call(name).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(PortError);
      expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining(name) });
    }
    expect(requests()).toEqual([]);
    await missing("LEDGER_TABLE").secrets.describe("crm");
  });
});

test("credentials or a region that are missing are named by the first call", async () => {
  const { secrets } = rotatorPorts({});
  const error: unknown = await secrets.describe("crm").catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "invalid", message: expect.stringContaining("no region is set") });
});

test("a function that stays warm logs in once for each secret of a client", async () => {
  await withLambda(async (environment, requests) => {
    const as = createSessions(rotatorPorts(environment).platform);
    const [older, newer] = [new Secret(newSecret()), new Secret(newSecret())];
    const login = (clientId: string, clientSecret: Secret) => as({ clientId, clientSecret }).session.login();
    const logins = () => requests().filter((request) => request === "POST /oauth/token").length;
    await login("master", older);
    await login("master", new Secret(older.reveal()));
    expect(logins()).toBe(1);
    await login("master", newer);
    await login("other", older);
    expect(logins()).toBe(3);
  });
});

test("making the platform's client makes no call, and shows no secret", async () => {
  await withLambda(async (environment, requests) => {
    const clientSecret = new Secret(newSecret());
    const api = rotatorPorts(environment).platform.as({ clientId: "c", clientSecret });
    expect(requests()).toEqual([]);
    expect(JSON.stringify(api)).not.toContain(clientSecret.reveal());
  });
});

test("metrics and log are bare lines on standard output", async () => {
  const { metrics, log } = rotatorPorts({ METRIC_NAMESPACE: "CredentialGuard/prod" });
  const text = await written(() => {
    metrics.emit("QuotaHeadroom", 3, "Count");
    log.info("Rotated.");
  });
  const [metric, entry, end] = text.split("\n");
  expect(JSON.parse(metric ?? "")).toMatchObject({
    QuotaHeadroom: 3,
    _aws: { CloudWatchMetrics: [{ Namespace: "CredentialGuard/prod" }] },
  });
  expect(JSON.parse(entry ?? "")).toMatchObject({ level: "INFO", message: "Rotated." });
  expect(end).toBe("");
});

test("the clock is the machine's, and no two calls have the same holder", async () => {
  const { clock, newHolder } = rotatorPorts({});
  const before = Date.now();
  await clock.sleep(1);
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(new Set(Array.from({ length: 100 }, newHolder)).size).toBe(100);
});
