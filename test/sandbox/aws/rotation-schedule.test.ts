import { sources, verified } from "./marks.ts";
import { awsWorld, day, failure, rotationFunction, stagesOf, startRotation as start } from "./world.ts";

verified(
  sources.schedule,
  "a rate in hours rotates in windows of an hour, counted from midnight UTC",
  async () => {
    const world = awsWorld({ random: () => 0.5 });
    const { arn } = world.secret();
    rotationFunction(world);
    start(world, arn);
    await world.pass(day);
    const times = world.rotations
      .filter(({ kind }) => kind === "RotationSucceeded")
      .map(({ at }) => new Date(at).toISOString().slice(5, 16));
    expect(times).toEqual([
      "11-21T10:30",
      "11-21T12:30",
      "11-21T16:30",
      "11-21T20:30",
      "11-22T00:30",
      "11-22T04:30",
      "11-22T08:30",
    ]);
  },
);

verified(sources.schedule, "a rate in days rotates on that day, at any time of it", async () => {
  const world = awsWorld({ random: () => 0.75 });
  const { arn } = world.secret();
  rotationFunction(world);
  start(world, arn, { ScheduleExpression: "rate(10 days)" });
  await world.pass(11 * day);
  const [, second] = world.rotations.filter(({ kind }) => kind === "RotationSucceeded");
  expect(new Date(second?.at ?? 0).toISOString()).toBe("2026-12-01T18:00:00.000Z");
  expect(world.secretsManager.describeSecret({ SecretId: arn })).toMatchObject({
    LastRotatedDate: new Date("2026-12-01T18:00:00Z"),
    NextRotationDate: new Date("2026-12-12T00:00:00Z"),
  });
});

verified(
  sources.secrets,
  "a value that is stored by hand counts as a rotation for AutomaticallyAfterDays",
  async () => {
    const world = awsWorld();
    const { arn } = world.secret();
    rotationFunction(world);
    start(world, arn, { AutomaticallyAfterDays: 10 });
    await world.pass(5 * day);
    const version = world.newId();
    world.secretsManager.putSecretValue({
      SecretId: arn,
      ClientRequestToken: version,
      SecretString: "by hand",
    });
    await world.passTo(Date.parse("2026-12-05T23:00:00Z"));
    expect(world.rotations.filter(({ kind }) => kind === "RotationSucceeded")).toHaveLength(1);
    await world.passTo(Date.parse("2026-12-06T00:00:00Z"));
    expect(world.rotations.filter(({ kind }) => kind === "RotationSucceeded")).toHaveLength(2);
  },
);

test.each([
  ["neither days nor an expression", {}],
  ["both", { AutomaticallyAfterDays: 3, ScheduleExpression: "rate(3 days)" }],
  ["less than four hours", { ScheduleExpression: "rate(3 hours)" }],
  ["more than 1000 days", { AutomaticallyAfterDays: 1001 }],
  ["no days", { AutomaticallyAfterDays: 0 }],
  ["a cron expression, which is a gap", { ScheduleExpression: "cron(0 8 1 * ? *)" }],
  ["a window longer than the interval", { ScheduleExpression: "rate(4 hours)", Duration: "5h" }],
  ["a window that is none", { ScheduleExpression: "rate(4 hours)", Duration: "soon" }],
])("a schedule of %s is refused, and nothing changed", (_case, rules) => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  expect(failure(() => start(world, arn, rules)).name).toBe("InvalidParameterException");
  expect(stagesOf(world, arn)).toEqual({ [version]: ["AWSCURRENT"] });
  expect(world.secretsManager.describeSecret({ SecretId: arn }).RotationEnabled).toBeUndefined();
});
