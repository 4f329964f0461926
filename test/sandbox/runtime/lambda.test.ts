import { never } from "../../../sandbox/runtime/invocation.ts";
import {
  type Environment,
  FunctionError,
  type InvocationRecord,
  Lambda,
  TooManyRequestsException,
} from "../../../sandbox/runtime/lambda.ts";
import { VirtualClock } from "../../../sandbox/runtime/virtual-clock.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:work";

const start = (
  handler: (event: unknown, environment: Environment) => Promise<unknown>,
  { reservedConcurrency = 1, timeoutSeconds = 60 } = {},
) => {
  const clock = new VirtualClock();
  const began = clock.now();
  const ended: InvocationRecord[] = [];
  const dead: unknown[] = [];
  let environments = 0;
  const lambda = new Lambda({
    clock,
    onEnd: (record) => ended.push(record),
    onDeadLetter: (_name, event) => dead.push(event),
  });
  lambda.deploy({
    name: "work",
    arn,
    timeoutSeconds,
    reservedConcurrency,
    start: (environment) => {
      environments += 1;
      return (event) => handler(event, environment);
    },
  });
  const minutes = () => ended.map(({ startedAt }) => (startedAt - began) / 60_000);
  return { clock, lambda, ended, dead, minutes, environments: () => environments };
};

test("a synchronous caller gets the answer, or the error's message", async () => {
  const { lambda } = start(async (event) => {
    if (event === "bad") throw new Error("no such thing");
    return { got: event };
  });
  expect(await lambda.invoke(arn, { a: undefined, b: 1 })).toEqual({ got: { b: 1 } });
  await expect(lambda.invoke(arn, "bad")).rejects.toEqual(new FunctionError("no such thing"));
});

test("an asynchronous event is tried twice more, after one and two minutes, then given up", async () => {
  const { lambda, clock, minutes, dead } = start(async () => {
    throw new Error("always");
  });
  lambda.invokeLater(arn, { id: 1 });
  await clock.advanceBy(3600_000);
  expect(minutes()).toEqual([0, 1, 3]);
  expect(dead).toEqual([{ id: 1 }]);
});

test("a function that takes too long, or crashes, is over: what it does later has no effect on the next call", async () => {
  const clock = new VirtualClock();
  let calls = 0;
  const world = start(
    async (_event, { invocation }) => {
      calls += 1;
      if (calls === 1) return never();
      if (calls === 2) {
        invocation.end({ kind: "crashed" });
        return never();
      }
      return "done";
    },
    { timeoutSeconds: 60 },
  );
  expect(clock.now()).toBe(world.clock.now());
  world.lambda.invokeLater(arn, {});
  await world.clock.advanceBy(3600_000);
  expect(world.ended.map(({ ending }) => ending)).toEqual(["timed out", "crashed", "returned"]);
  expect(world.minutes()).toEqual([0, 2, 4]);
  expect(world.environments()).toBe(3);
});

test("an environment that is warm serves the next call, one that was idle for long does not", async () => {
  const { lambda, clock, environments } = start(async () => "done");
  await lambda.invoke(arn, {});
  await clock.advanceBy(600_000);
  await lambda.invoke(arn, {});
  expect(environments()).toBe(1);
  await clock.advanceBy(1_000_000);
  await lambda.invoke(arn, {});
  expect(environments()).toBe(2);
});

test("above the reserved concurrency a synchronous caller is refused, an event waits", async () => {
  const world = start(async () => world.clock.sleep(10_000));
  world.lambda.invokeLater(arn, {});
  world.lambda.invokeLater(arn, {});
  await world.clock.advanceBy(500);
  await expect(world.lambda.invoke(arn, {})).rejects.toBeInstanceOf(TooManyRequestsException);
  await world.clock.advanceBy(60_000);
  expect(world.ended.map(({ ending }) => ending)).toEqual(["returned", "returned"]);
  expect(world.dead).toEqual([]);
});

test("an event that is throttled for six hours is given up", async () => {
  const world = start(async () => "never", { reservedConcurrency: 0 });
  world.lambda.invokeLater(arn, { id: 1 });
  await world.clock.advanceBy(5.9 * 3600_000);
  expect(world.dead).toEqual([]);
  await world.clock.advanceBy(3600_000);
  expect(world.dead).toEqual([{ id: 1 }]);
});
