import { overdueAfterSeconds } from "../../../core/rotation/health.ts";
import { functionCatalog } from "../../../functions/catalog.ts";
import { metricNames } from "../../../functions/rotator/metrics.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { account, aws } from "./resources.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

describe("alarms", () => {
  test("ring for every metric of the functions", () => {
    const texts = run.ofType(aws.alarm).map(({ inputs }) => JSON.stringify(inputs));
    for (const metric of Object.values(metricNames)) {
      expect(texts.filter((text) => text.includes(metric)).length).toBeGreaterThan(0);
    }
  });

  test("ring for every function that fails, is held back, or leaves dead letters", () => {
    for (const { name } of functionCatalog) {
      for (const [suffix, metric] of [
        ["errors", "Errors"],
        ["throttles", "Throttles"],
        ["dead-letters", "ApproximateNumberOfMessagesVisible"],
      ]) {
        const { inputs } = run.one(aws.alarm, `${name}-${suffix}`);
        expect(inputs).toMatchObject({ metricName: metric, threshold: 0 });
      }
    }
  });

  test("watch the queues by the names that they have", () => {
    const names = functionCatalog.map(({ name }) => run.one(aws.queue, name).inputs.name);
    const watched = functionCatalog.map(
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
