import { schedulerService } from "./services.ts";
import type { AwsSession } from "./session.ts";

/** One call of a function at one time. */
export interface OneShot {
  /** Of `[0-9a-zA-Z-_.]`, 64 at most. */
  name: string;
  group: string;
  /** Milliseconds since 1970; seconds count, what is below them does not. */
  time: number;
  targetArn: string;
  /** With which the scheduler calls the target. */
  roleArn: string;
  /** Where a call goes that failed for a day. */
  deadLetterArn: string;
  /** JSON. */
  input: string;
}

/** Both replace the whole schedule. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export interface Schedules {
  /** @throws ConflictError where the name is taken */
  create(schedule: OneShot): Promise<void>;
  /** @throws NotFoundError */
  update(schedule: OneShot): Promise<void>;
}

const route = "/schedules/{name}";

/** In UTC. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#one-time */
const expressionOf = (time: number): string => `at(${new Date(time).toISOString().slice(0, 19)})`;

/** What is left out is the service's default: UTC, enabled, 185 attempts within a day. */
const bodyOf = ({ group, time, targetArn, roleArn, deadLetterArn, input }: OneShot) => ({
  GroupName: group,
  ScheduleExpression: expressionOf(time),
  FlexibleTimeWindow: { Mode: "OFF" },
  // A schedule that has done its work would count against the account's limit for ever.
  ActionAfterCompletion: "DELETE",
  Target: {
    Arn: targetArn,
    RoleArn: roleArn,
    Input: input,
    DeadLetterConfig: { Arn: deadLetterArn },
  },
});

export const schedules = (session: AwsSession): Schedules => {
  const send = async (method: "POST" | "PUT", schedule: OneShot): Promise<void> => {
    await session.call(schedulerService, {
      method,
      route,
      params: { name: schedule.name },
      object: `schedule ${schedule.group}/${schedule.name}`,
      body: bodyOf(schedule),
      // A repeated creation is refused as a conflict, and the caller then updates.
      effect: "idempotent",
    });
  };
  return { create: (schedule) => send("POST", schedule), update: (schedule) => send("PUT", schedule) };
};
