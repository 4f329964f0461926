import { type OneShot, schedules } from "../../apis/aws/scheduler.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import { ConflictError, NotFoundError } from "../../apis/http/errors.ts";
import type { Permission } from "../permissions.ts";
import { PortError, type Scheduler } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const schedulerPermissions: readonly Permission[] = [
  {
    actions: ["scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
    on: "retirementSchedules",
    why: "Has old generations retired at their time",
  },
  {
    actions: ["iam:PassRole"],
    on: "schedulerRole",
    why: "A schedule is given the role with which it calls the function",
  },
];

export interface AwsSchedulerOptions
  extends Pick<OneShot, "group" | "targetArn" | "roleArn" | "deadLetterArn"> {
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

/** Nobody documents what becomes of a one-time schedule in the past, so there is none. */
const soonestMilliseconds = 60_000;

/** A schedule can disappear between two attempts: it is deleted when it has done its work. */
const attempts = 3;

export const awsScheduler = (
  session: AwsSession,
  { now = Date.now, ...target }: AwsSchedulerOptions,
): Scheduler => {
  const service = schedules(session);

  /** False where the schedule has gone in between. */
  const put = async (schedule: OneShot): Promise<boolean> => {
    try {
      await service.create(schedule);
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
    try {
      await service.update(schedule);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  };

  return {
    at: (name, time, payload) =>
      asPort(async () => {
        // Whole seconds, and never early.
        const wholeSeconds = Math.ceil(Math.max(time, now() + soonestMilliseconds) / 1000) * 1000;
        const schedule = { ...target, name, time: wholeSeconds, input: JSON.stringify(payload) };
        for (let attempt = 0; attempt < attempts; attempt += 1) if (await put(schedule)) return;
        throw new PortError(
          "unavailable",
          `The schedule ${name} is now there, now not. Try again in a minute; if it stays, look who else deletes schedules of the group ${target.group}.`,
        );
      }),
  };
};
