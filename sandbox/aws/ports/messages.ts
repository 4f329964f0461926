import type { Clock, Queue as QueuePort, Scheduler } from "../../../functions/ports.ts";
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";
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
      const schedule = arn(place, "scheduler", `schedule/${group}/${name}`);
      const request = {
        Name: name,
        GroupName: group,
        // Whether the service takes a time that has passed is not documented.
        ScheduleExpression: atExpression(Math.max(time, clock.now() + 1000)),
        FlexibleTimeWindow: { Mode: "OFF" as const },
        ActionAfterCompletion: "DELETE" as const,
        Target: {
          Arn: targetArn,
          RoleArn: roleArn,
          Input: JSON.stringify(payload),
          DeadLetterConfig: { Arn: deadLetterArn },
        },
      };
      const passes = () =>
        caller.needs("iam:PassRole", roleArn, { "iam:PassedToService": "scheduler.amazonaws.com" });
      caller.needs("scheduler:CreateSchedule", schedule);
      passes();
      try {
        schedules.create(request);
      } catch (error) {
        if (!(error instanceof AwsError && error.name === "ConflictException")) throw error;
        caller.needs("scheduler:UpdateSchedule", schedule);
        passes();
        schedules.update(request);
      }
    }),
});

/** Without a queue, the port of one that has been deleted. */
export const queuePort = (queue: Queue | undefined, caller: Caller): QueuePort => ({
  send: ({ group, deduplicationId, body }) =>
    caller.call("emergencies", "send", group, () => {
      if (queue === undefined) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
      caller.needs("sqs:SendMessage", queue.arn);
      queue.send({ body: JSON.stringify(body), groupId: group, deduplicationId });
    }),
});
