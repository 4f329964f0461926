import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";

/**
 * What it takes to make or change a schedule: the action on it, and the right to hand its role to the scheduler
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html).
 *
 * @throws AwsError AccessDeniedException
 */
export const needsSchedule = (
  caller: Caller,
  place: Place,
  action: "CreateSchedule" | "UpdateSchedule",
  { group = "default", name = "", roleArn = "" }: { group?: string; name?: string; roleArn?: string },
): void => {
  caller.needs(`scheduler:${action}`, arn(place, "scheduler", `schedule/${group}/${name}`));
  caller.needs("iam:PassRole", roleArn, { "iam:PassedToService": "scheduler.amazonaws.com" });
};
