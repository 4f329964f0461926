import { overdueAfterSeconds } from "../../../core/rotation/health.ts";
import { functionCatalog, leakCatalog } from "../../../functions/catalog.ts";
import { leakMetricNames } from "../../../functions/revoker/metrics.ts";
import { metricNames } from "../../../functions/rotator/metrics.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { account, aws } from "./resources.ts";

const both = [...functionCatalog, ...leakCatalog];
/** Whoever waits for its answer is told of its errors. */
const withDeadLetters = both.filter(({ name }) => name !== "receive");

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

describe("alarms", () => {
  test("ring for every metric of the functions", () => {
    const texts = run.ofType(aws.alarm).map(({ inputs }) => JSON.stringify(inputs));
    // How many were contained is no alarm: each was told of.
    const { containments: _, ...ofLeaks } = leakMetricNames;
    for (const metric of [...Object.values(metricNames), ...Object.values(ofLeaks)]) {
      expect(texts.filter((text) => text.includes(metric)).length).toBeGreaterThan(0);
    }
  });

  test("ring for every function that fails, is held back, or leaves dead letters", () => {
    const expectAlarm = (name: string, metricName: string) =>
      expect(run.one(aws.alarm, name).inputs).toMatchObject({ metricName, threshold: 0 });
    for (const { name } of both) {
      expectAlarm(`${name}-errors`, "Errors");
      expectAlarm(`${name}-throttles`, "Throttles");
    }
    for (const { name } of withDeadLetters)
      expectAlarm(`${name}-dead-letters`, "ApproximateNumberOfMessagesVisible");
  });

  test("watch the queues by the names that they have", () => {
    const names = withDeadLetters.map(({ name }) => run.one(aws.queue, name).inputs.name);
    const watched = withDeadLetters.map(
      ({ name }) =>
        (run.one(aws.alarm, `${name}-dead-letters`).inputs.dimensions as { QueueName: string }).QueueName,
    );
    expect(watched).toEqual(names);
  });

  test("ring when reconcile falls silent, which nobody else would notice", () => {
    expect(run.one(aws.alarm, "reconcile-silent").inputs).toMatchObject({
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      dimensions: { FunctionName: "genesys-credential-guard-prod-reconcile" },
    });
  });

  test("ring for a secret that reconcile has not had rotated two hours after it was overdue", () => {
    expect(run.one(aws.alarm, "crm-integration-secret-too-old").inputs.threshold).toBe(
      overdueAfterSeconds(168 * 3600) + 2 * 3600,
    );
  });

  test("ring when one leak in twenty is contained later than a replacement may take, and ten seconds", () => {
    const { inputs } = run.one(aws.alarm, "leak-contained-late");
    expect(inputs).toMatchObject({
      namespace: "CredentialGuard/genesys-credential-guard-prod",
      metricName: "LeakReceiptToContainment",
      extendedStatistic: "p95",
      threshold: 30_000,
    });
    expect(inputs).not.toHaveProperty("statistic");
  });

  test("ring when GitHub gets an error of ours, and when the sweep falls silent", () => {
    expect(run.one(aws.alarm, "webhooks-failed").inputs.dimensions).toEqual({
      ApiName: run.one("aws:apigateway/restApi:RestApi", "webhooks").inputs.name,
      Stage: run.one("aws:apigateway/stage:Stage", "webhooks").inputs.stageName,
    });
    expect(run.one(aws.alarm, "sweep-silent").inputs).toMatchObject({
      treatMissingData: "breaching",
      dimensions: { FunctionName: run.one(aws.function, "sweep").inputs.name },
    });
  });

  test("tell those whom the configuration names", () => {
    const subscriptions = run.ofType("aws:sns/topicSubscription:TopicSubscription");
    expect(subscriptions.map(({ inputs }) => inputs.endpoint)).toEqual(["security@acme.com"]);
    for (const { inputs } of run.ofType(aws.alarm)) {
      expect(inputs.alarmActions).toEqual(["arn:of:aws:sns/topic:Topic:alarms"]);
    }
  });

  test("tell a topic that exists, where the configuration names one", async () => {
    const topicArn = `arn:aws:sns:us-east-1:${account}:security`;
    const { ofType } = await runProgram({
      ...stackConfig("prod"),
      "genesys-credential-guard:alarms": { topicArn },
    });
    expect(ofType("aws:sns/topic:Topic")).toEqual([]);
    expect(ofType(aws.alarm)[0]?.inputs.alarmActions).toEqual([topicArn]);
  });
});
