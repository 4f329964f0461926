import type { CreateScheduleInput } from "@aws-sdk/client-scheduler";
import { sources, verified } from "./marks.ts";
import { type AwsWorld, awsWorld, day, failure, hour } from "./world.ts";

const minute = 60_000;

const request = (world: AwsWorld, more: Partial<CreateScheduleInput> = {}): CreateScheduleInput => ({
  Name: "one",
  GroupName: "retirement",
  ScheduleExpression: "at(2026-11-21T12:00:00)",
  FlexibleTimeWindow: { Mode: "OFF" },
  ActionAfterCompletion: "DELETE",
  Target: {
    Arn: world.functionArns.retire,
    RoleArn: "arn:aws:iam::123456789012:role/x",
    Input: '{"n":1}',
    RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
    DeadLetterConfig: { Arn: world.scheduleDeadLetters.arn },
  },
  ...more,
});

const start = (options: Parameters<typeof awsWorld>[0] = {}) => {
  const world = awsWorld(options);
  const delivered: [time: string, event: unknown][] = [];
  world.host(async (_arn, event) => {
    delivered.push([new Date(world.now()).toISOString().slice(11, 19), event]);
  });
  return { world, delivered };
};

verified(sources.scheduler, "a delivery comes up to 60 seconds late, once", async () => {
  const { world, delivered } = start({ random: () => 0.999 });
  world.schedules.create(request(world));
  await world.pass(day);
  expect(delivered).toEqual([["12:00:59", { n: 1 }]]);
});

verified(
  sources.scheduler,
  "a schedule is gone after its call, and its name free, only with DELETE",
  async () => {
    const { world } = start();
    world.schedules.create(request(world));
    world.schedules.create(request(world, { Name: "stays", ActionAfterCompletion: "NONE" }));
    await world.pass(day);
    expect([...world.schedules.all.keys()]).toEqual(["retirement/stays"]);
    expect(failure(() => world.schedules.create(request(world, { Name: "stays" }))).name).toBe(
      "ConflictException",
    );
    expect(world.schedules.create(request(world)).ScheduleArn).toBe(
      "arn:aws:scheduler:us-east-1:123456789012:schedule/retirement/one",
    );
  },
);

verified(sources.scheduler, "an update replaces time and target", async () => {
  const { world, delivered } = start();
  world.schedules.create(request(world));
  const Target = { ...request(world).Target, Input: '{"n":2}' } as CreateScheduleInput["Target"];
  world.schedules.update(request(world, { ScheduleExpression: "at(2026-11-21T13:00:00)", Target }));
  await world.pass(day);
  expect(delivered).toEqual([["13:00:00", { n: 2 }]]);
});

verified(sources.scheduler, "a disabled or deleted schedule calls nobody", async () => {
  const { world, delivered } = start();
  world.schedules.create(request(world, { State: "DISABLED" }));
  world.schedules.create(request(world, { Name: "deleted" }));
  world.schedules.delete("retirement", "deleted");
  await world.pass(day);
  expect(delivered).toEqual([]);
  expect(failure(() => world.schedules.get("retirement", "deleted")).name).toBe("ResourceNotFoundException");
});

verified(
  sources.scheduler,
  "what cannot be handed over is tried again, then goes to the dead-letter queue",
  async () => {
    const { world } = start();
    let tries = 0;
    world.host(async () => {
      tries += 1;
      throw new Error("throttled");
    });
    world.schedules.create(request(world));
    await world.pass(day);
    expect(tries).toBe(3);
    expect(world.scheduleDeadLetters.messages).toEqual([{ body: '{"n":1}' }]);
  },
);

verified(sources.scheduler, "no try comes after the greatest age of an event", async () => {
  const { world } = start();
  const times: number[] = [];
  world.host(async () => {
    times.push(world.now());
    throw new Error("throttled");
  });
  const RetryPolicy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 300 };
  const Target = { ...request(world).Target, RetryPolicy } as CreateScheduleInput["Target"];
  world.schedules.create(request(world, { Target }));
  await world.pass(day);
  const due = Date.parse("2026-11-21T12:00:00Z");
  expect(Math.max(...times) - due).toBeLessThanOrEqual(300_000);
  expect(times.length).toBeGreaterThan(5);
  expect(world.scheduleDeadLetters.messages).toHaveLength(1);
});

test("a test may have a delivery late, lost, or twice", async () => {
  const fates = { late: { kind: "delivered", lateMilliseconds: 5 * hour }, lost: { kind: "lost" } } as const;
  const { world, delivered } = start({
    fate: (name) =>
      name === "twice"
        ? { kind: "delivered", lateMilliseconds: 0, copies: 2 }
        : fates[name as keyof typeof fates],
  });
  for (const Name of ["late", "lost", "twice", "plain"]) {
    const Target = { ...request(world).Target, Input: JSON.stringify(Name) } as CreateScheduleInput["Target"];
    world.schedules.create(request(world, { Name, Target }));
  }
  await world.pass(day);
  expect(delivered).toEqual([
    ["12:00:00", "twice"],
    ["12:00:00", "twice"],
    ["12:00:00", "plain"],
    ["17:00:00", "late"],
  ]);
});

test("a time that has passed is fired or refused, as the switch says", async () => {
  const past = { ScheduleExpression: "at(2026-11-21T10:29:59)" };
  const { world, delivered } = start();
  world.schedules.create(request(world, past));
  await world.pass(minute);
  expect(delivered).toEqual([["10:30:00", { n: 1 }]]);
  const refusing = start({ pastTimes: "refused" });
  const create = () => refusing.world.schedules.create(request(refusing.world, past));
  expect(failure(create).name).toBe("ValidationException");
  const { scheduler } = refusing.world.portsFor("unrestricted");
  await scheduler.at("passed", refusing.world.now() - day, { n: 2 });
  await refusing.world.pass(minute);
  expect(refusing.delivered).toEqual([["10:31:00", { n: 2 }]]);
});

test.each<[string, Partial<CreateScheduleInput>]>([
  ["a rate", { ScheduleExpression: "rate(5 minutes)" }],
  ["a time with a zone in it", { ScheduleExpression: "at(2026-11-21T12:00:00Z)" }],
  ["a time that is none", { ScheduleExpression: "at(2026-13-41T12:00:00)" }],
  ["another time zone", { ScheduleExpressionTimezone: "Europe/Berlin" }],
  ["a flexible window", { FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 } }],
  ["no target", { Target: undefined }],
  ["a name with spaces", { Name: "a b" }],
  ["a name of 65 characters", { Name: "x".repeat(65) }],
])("%s is refused", (_case, more) => {
  const { world } = start();
  expect(failure(() => world.schedules.create(request(world, more))).name).toBe("ValidationException");
  expect(world.schedules.all.size).toBe(0);
});
