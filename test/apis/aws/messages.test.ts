import type { CreateScheduleCommandInput } from "@aws-sdk/client-scheduler";
import type { SendMessageCommandInput } from "@aws-sdk/client-sqs";
import { schedules } from "../../../apis/aws/scheduler.ts";
import { sendMessage } from "../../../apis/aws/sqs.ts";
import { withAws } from "./harness.ts";

test("a message says its group and its id", async () => {
  await withAws(
    () => ({ body: {} }),
    async ({ session, sent, server }) => {
      const queueUrl = "https://sqs.eu-central-1.amazonaws.com/1/emergencies.fifo";
      await sendMessage(session, { queueUrl, group: "crm", deduplicationId: "d-1", body: "{}" });
      const input: SendMessageCommandInput = {
        QueueUrl: queueUrl,
        MessageBody: "{}",
        MessageGroupId: "crm",
        MessageDeduplicationId: "d-1",
      };
      expect(sent(0)).toEqual(input);
      expect(server.received[0]?.headers["content-type"]).toBe("application/x-amz-json-1.0");
    },
  );
});

test("a schedule calls its target once, to the second, and is deleted then", async () => {
  const schedule = {
    name: "retire-1",
    group: "retirement",
    time: Date.parse("2026-11-21T10:20:30.999Z"),
    targetArn: "arn:aws:lambda:eu-central-1:1:function:retire",
    roleArn: "arn:aws:iam::1:role/scheduler",
    deadLetterArn: "arn:aws:sqs:eu-central-1:1:retirements",
    input: "{}",
  };
  await withAws(
    () => ({ body: {} }),
    async ({ session, sent, server }) => {
      await schedules(session).create(schedule);
      await schedules(session).update(schedule);
      const input: Omit<CreateScheduleCommandInput, "Name"> = {
        GroupName: "retirement",
        ScheduleExpression: "at(2026-11-21T10:20:30)",
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "DELETE",
        Target: {
          Arn: schedule.targetArn,
          RoleArn: schedule.roleArn,
          Input: "{}",
          DeadLetterConfig: { Arn: schedule.deadLetterArn },
        },
      };
      expect([sent(0), sent(1)]).toEqual([input, input]);
      const [first, second] = server.received;
      expect([first?.method, second?.method]).toEqual(["POST", "PUT"]);
      expect([first?.path, second?.path]).toEqual(["/schedules/retire-1", "/schedules/retire-1"]);
    },
  );
});
