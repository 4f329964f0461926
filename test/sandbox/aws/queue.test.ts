import fc from "fast-check";
import { Queue, type QueueOptions } from "../../../sandbox/aws/sqs/queue.ts";
import { proof } from "../../proof.ts";
import { sources, verified } from "./marks.ts";
import { failure } from "./world.ts";

const start = (name: string, maxReceiveCount = 3) => {
  let time = Date.parse("2026-11-21T10:30:00Z");
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  const make = (queueName: string, more: Partial<QueueOptions> = {}) =>
    new Queue({
      name: queueName,
      arn: `arn:aws:sqs:us-east-1:123456789012:${queueName}`,
      now: () => time,
      newId,
      ...more,
    });
  const deadLetters = make(name.endsWith(".fifo") ? "dead.fifo" : "dead");
  const queue = make(name, { redrive: { to: deadLetters, maxReceiveCount } });
  const bodies = (maximum = 10) => queue.receive({ maximum }).map(({ Body }) => Body);
  return {
    queue,
    deadLetters,
    bodies,
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
    sendTo: (groupId: string, body: string, deduplicationId = newId()) =>
      queue.send({ body, groupId, deduplicationId }),
  };
};

describe("a standard queue", () => {
  verified(sources.sqs, "hides a message while it is worked on, and delivers it again", async () => {
    const { queue, pass } = start("q");
    queue.send({ body: "one" });
    const [first] = queue.receive();
    expect(first).toMatchObject({ Body: "one", Attributes: { ApproximateReceiveCount: "1" } });
    expect(queue.receive()).toEqual([]);
    pass(30);
    const [second] = queue.receive();
    expect(second).toMatchObject({
      MessageId: first?.MessageId,
      Attributes: { ApproximateReceiveCount: "2" },
    });
    queue.delete(second?.ReceiptHandle ?? "");
    pass(3600);
    expect(queue.receive()).toEqual([]);
  });

  verified(sources.sqs, "the receipt of an earlier receive deletes nothing", async () => {
    const { queue, pass, bodies } = start("q");
    queue.send({ body: "one" });
    const [first] = queue.receive();
    pass(31);
    queue.receive();
    queue.delete(first?.ReceiptHandle ?? "");
    pass(31);
    expect(bodies()).toEqual(["one"]);
  });

  verified(sources.sqs, "moves a message to the dead-letter queue after the last receive", async () => {
    const { queue, deadLetters, pass } = start("q");
    queue.send({ body: "poison" });
    for (let receive = 0; receive < 3; receive += 1) {
      expect(queue.receive()).toHaveLength(1);
      pass(31);
    }
    expect(queue.receive()).toEqual([]);
    expect(deadLetters.receive().map(({ Body }) => Body)).toEqual(["poison"]);
    expect(queue.messages).toEqual([]);
  });

  verified(sources.sqs, "delays a message, at most 900 seconds", async () => {
    const { queue, pass, bodies } = start("q");
    queue.send({ body: "later", delaySeconds: 900 });
    expect(bodies()).toEqual([]);
    expect(queue.nextVisible()).toBe(Date.parse("2026-11-21T10:45:00Z"));
    pass(900);
    expect(bodies()).toEqual(["later"]);
    expect(failure(() => queue.send({ body: "x", delaySeconds: 901 })).name).toBe("InvalidParameterValue");
  });

  verified(sources.sqs, "may deliver twice", async () => {
    const { queue, bodies } = start("q");
    queue.send({ body: "one" });
    queue.duplicate();
    expect(bodies()).toEqual(["one", "one"]);
  });

  verified(sources.sqs, "lets a worker ask for more time, or give a message back", async () => {
    const { queue, pass, bodies } = start("q");
    queue.send({ body: "one" });
    const [{ ReceiptHandle = "" } = {}] = queue.receive({ visibilityTimeoutSeconds: 60 });
    pass(50);
    queue.changeVisibility(ReceiptHandle, 60);
    pass(50);
    expect(bodies()).toEqual([]);
    queue.changeVisibility(ReceiptHandle, 0);
    expect(bodies()).toEqual(["one"]);
    expect(failure(() => queue.changeVisibility(ReceiptHandle, 0)).name).toBe("MessageNotInflight");
  });

  verified(sources.sqs, "forgets messages after the retention", async () => {
    const { queue, pass, bodies } = start("q");
    queue.send({ body: "old" });
    pass(345_601);
    expect(bodies()).toEqual([]);
    expect(queue.nextVisible()).toBeUndefined();
  });

  test("takes no deduplication id", () => {
    const { queue } = start("q");
    expect(failure(() => queue.send({ body: "x", deduplicationId: "d" })).name).toBe("InvalidParameterValue");
  });
});

describe("a FIFO queue", () => {
  verified(sources.sqs, "delivers a group in order, and nothing of it while one is in flight", async () => {
    const { queue, sendTo, bodies } = start("q.fifo");
    sendTo("a", "a1");
    sendTo("b", "b1");
    sendTo("a", "a2");
    const [a1] = queue.receive();
    expect(a1?.Body).toBe("a1");
    expect(bodies()).toEqual(["b1"]);
    queue.delete(a1?.ReceiptHandle ?? "");
    expect(bodies()).toEqual(["a2"]);
  });

  verified(sources.sqs, "gives several of a group in one receive, in order", async () => {
    const { sendTo, bodies, pass } = start("q.fifo");
    for (const body of ["a1", "a2", "a3"]) sendTo("a", body);
    expect(bodies(2)).toEqual(["a1", "a2"]);
    expect(bodies()).toEqual([]);
    pass(31);
    expect(bodies()).toEqual(["a1", "a2", "a3"]);
  });

  verified(sources.sqs, "accepts a deduplication id once in five minutes, done or not", async () => {
    const { queue, sendTo, bodies, pass } = start("q.fifo");
    const first = sendTo("a", "one", "same");
    pass(200);
    expect(sendTo("b", "two", "same")).toBe(first);
    for (const { ReceiptHandle = "" } of queue.receive()) queue.delete(ReceiptHandle);
    sendTo("a", "three", "same");
    expect(bodies()).toEqual([]);
    pass(101);
    sendTo("a", "four", "same");
    expect(bodies()).toEqual(["four"]);
  });

  verified(sources.sqs, "goes on with a group after its poison went to the dead-letter queue", async () => {
    const { queue, deadLetters, sendTo, bodies, pass } = start("q.fifo");
    sendTo("a", "poison");
    sendTo("a", "good");
    for (let receive = 0; receive < 3; receive += 1) {
      expect(queue.receive()).toHaveLength(1);
      pass(31);
    }
    expect(bodies()).toEqual(["good"]);
    expect(deadLetters.messages).toMatchObject([{ body: "poison", groupId: "a" }]);
  });

  test.each([
    ["without a group", { body: "x", deduplicationId: "d" }, "MissingParameter"],
    ["without a deduplication id", { body: "x", groupId: "g" }, "InvalidParameterValue"],
    [
      "with a delay of its own",
      { body: "x", groupId: "g", deduplicationId: "d", delaySeconds: 1 },
      "InvalidParameterValue",
    ],
    ["without a body", { body: "", groupId: "g", deduplicationId: "d" }, "InvalidParameterValue"],
  ])("refuses a message %s", (_case, message, name) => {
    const { queue } = start("q.fifo");
    expect(failure(() => queue.send(message)).name).toBe(name);
    expect(queue.messages).toEqual([]);
  });

  test("delivers nothing twice by itself", () => {
    const { queue, sendTo } = start("q.fifo");
    sendTo("a", "a1");
    expect(failure(() => queue.duplicate()).message).toMatch(/does not deliver twice/);
  });
});

proof(
  "a FIFO queue loses, repeats and reorders nothing of a group",
  { quick: 200, full: 20_000 },
  (runs, seed) => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant("send" as const), group: fc.constantFrom("a", "b", "c") }),
      fc.record({
        kind: fc.constant("receive" as const),
        maximum: fc.integer({ min: 1, max: 10 }),
        done: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { queue, sendTo, pass } = start("q.fifo", 1000);
        const sent = new Map<string, string[]>();
        const done = new Map<string, string[]>();
        const receive = (maximum: number, isDone: boolean): number => {
          const messages = queue.receive({ maximum });
          for (const { Body = "", ReceiptHandle = "" } of isDone ? messages : []) {
            queue.delete(ReceiptHandle);
            const [group = ""] = Body;
            done.set(group, [...(done.get(group) ?? []), Body]);
          }
          return messages.length;
        };
        for (const [index, each] of actions.entries()) {
          if (each.kind === "pass") pass(each.seconds);
          if (each.kind === "receive") receive(each.maximum, each.done);
          if (each.kind !== "send") continue;
          const body = `${each.group}${index}`;
          sendTo(each.group, body);
          sent.set(each.group, [...(sent.get(each.group) ?? []), body]);
        }
        pass(60);
        while (receive(10, true) > 0);
        expect(done).toEqual(new Map([...sent].filter(([, bodies]) => bodies.length > 0)));
      }),
      { numRuns: runs, seed },
    );
  },
);
