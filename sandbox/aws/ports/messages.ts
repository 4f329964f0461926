import type { Clock, Queue as QueuePort, Scheduler } from "../../../functions/ports.ts";
import { AwsError } from "../error.ts";
import { needsSchedule } from "../iam/schedule-access.ts";
import type { Place } from "../place.ts";
import type { Schedules } from "../scheduler/schedules.ts";
import type { Queue } from "../sqs/queue.ts";
import type { Caller } from "./caller.ts";

/** How the schedules of the retirement are made: what infra gives the functions. */
export interface ScheduleSettings {
  group: string;
  targetArn: string;
  roleArn: string;
  deadLetterArn: string;
}

/** As the adapter does it: what becomes of a one-time schedule in the past is not documented, so there is none. */
const soonestMilliseconds = 60_000;

/** `at(...)` with whole seconds, never earlier than asked for. */
export const atExpression = (time: number): string =>
  `at(${new Date(Math.ceil(time / 1000) * 1000).toISOString().slice(0, 19)})`;

export const schedulerPort = (
  schedules: Schedules,
  caller: Caller,
  place: Place,
  { group, targetArn, roleArn, deadLetterArn }: ScheduleSettings,
  clock: Clock,
): Scheduler => ({
  at: (name, time, payload) =>
    caller.call("scheduler", "at", name, () => {
      const request = {
        Name: name,
        GroupName: group,
        ScheduleExpression: atExpression(Math.max(time, clock.now() + soonestMilliseconds)),
        FlexibleTimeWindow: { Mode: "OFF" as const },
        ActionAfterCompletion: "DELETE" as const,
        Target: {
          Arn: targetArn,
          RoleArn: roleArn,
          Input: JSON.stringify(payload),
          DeadLetterConfig: { Arn: deadLetterArn },
        },
      };
      const schedule = { group, name, roleArn };
      needsSchedule(caller, place, "CreateSchedule", schedule);
      try {
        schedules.create(request);
      } catch (error) {
        if (!(error instanceof AwsError && error.name === "ConflictException")) throw error;
        needsSchedule(caller, place, "UpdateSchedule", schedule);
        schedules.update(request);
      }
    }),
});

/** Without a queue, the port of one that has been deleted. */
export const queuePort = (
  queue: Queue | undefined,
  caller: Caller,
  port: "emergencies" | "leaks" | "reports" = "emergencies",
): QueuePort => ({
  send: ({ group, deduplicationId, body }) =>
    caller.call(port, "send", group, () => {
      if (queue === undefined) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
      caller.needs("sqs:SendMessage", queue.arn);
      queue.send({ body: JSON.stringify(body), groupId: group, deduplicationId });
    }),
});
