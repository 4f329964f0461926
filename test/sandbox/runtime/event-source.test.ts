import { randomUUID } from "node:crypto";
import { Queue } from "../../../sandbox/aws/sqs/queue.ts";
import { connectEventSource } from "../../../sandbox/runtime/event-source.ts";
import { Lambda } from "../../../sandbox/runtime/lambda.ts";
import { VirtualClock } from "../../../sandbox/runtime/virtual-clock.ts";

interface SqsEvent {
  Records: { messageId: string; body: string }[];
}

const start = (handler: (event: SqsEvent) => Promise<unknown>, { batchSize = 10 } = {}) => {
  const clock = new VirtualClock();
  const common = { now: clock.now, newId: randomUUID };
  const dead = new Queue({ name: "dead", arn: "arn:aws:sqs:us-east-1:1:dead", ...common });
  const queue = new Queue({
    name: "work",
    arn: "arn:aws:sqs:us-east-1:1:work",
    visibilityTimeoutSeconds: 60,
    redrive: { to: dead, maxReceiveCount: 3 },
    ...common,
  });
  const lambda = new Lambda({ clock });
  const functionArn = "arn:aws:lambda:us-east-1:1:function:work";
  const began = clock.now();
  const calls: { at: number; bodies: string[] }[] = [];
  lambda.deploy({
    name: "work",
    arn: functionArn,
    timeoutSeconds: 30,
    reservedConcurrency: 1,
    start: () => (event) => {
      const given = event as SqsEvent;
      calls.push({ at: (clock.now() - began) / 1000, bodies: given.Records.map(({ body }) => body) });
      return handler(given);
    },
  });
  connectEventSource({ clock, lambda, queue, functionArn, batchSize });
  return { clock, queue, dead, calls };
};

test("what the function takes is gone from the queue", async () => {
  const { clock, queue, calls } = start(async () => undefined);
  queue.send({ body: "a" });
  queue.send({ body: "b" });
  await clock.advanceBy(1_000);
  expect(calls).toEqual([{ at: 0, bodies: ["a", "b"] }]);
  expect(queue.messages).toEqual([]);
});

test("of a batch only the messages that failed come again, after their visibility timeout", async () => {
  const { clock, queue, calls } = start(async ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  }));
  queue.send({ body: "good" });
  queue.send({ body: "bad" });
  await clock.advanceBy(61_000);
  expect(calls).toEqual([
    { at: 0, bodies: ["good", "bad"] },
    { at: 60, bodies: ["bad"] },
  ]);
});

test.each([
  ["throws", () => Promise.reject(new Error("no"))],
  ["names an empty id", async () => ({ batchItemFailures: [{ itemIdentifier: "" }] })],
  ["answers with no list", async () => ({ batchItemFailures: "all" })],
])(
  "a function that %s gets the whole batch again, and the dead-letter queue gets it in the end",
  async (_case, handler) => {
    const { clock, queue, dead, calls } = start(handler);
    queue.send({ body: "a" });
    await clock.advanceBy(600_000);
    expect(calls.map(({ at }) => at)).toEqual([0, 60, 120]);
    expect(queue.messages).toEqual([]);
    expect(dead.messages.map(({ body }) => body)).toEqual(["a"]);
  },
);
