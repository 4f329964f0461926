/**
 * EventBridge Scheduler's operations over HTTP: JSON at `/schedules/{Name}`.
 *
 * Verified (docs of CreateSchedule, UpdateSchedule, GetSchedule, DeleteSchedule; restJson1): POST, PUT, GET and DELETE;
 * the error's name in the header `x-amzn-errortype`, its text as `Message`; 400, 403, 404 and 409.
 * Gaps: every other operation; schedule groups, of which any exists.
 */
import type { CreateScheduleInput } from "@aws-sdk/client-scheduler";
import { needsSchedule } from "../iam/schedule-access.ts";
import { arn, type Place } from "../place.ts";
import type { Caller } from "../ports/caller.ts";
import type { Schedules } from "../scheduler/schedules.ts";

export interface ScheduleCall {
  name: string;
  /** Of the query, for the operations without a body. */
  group: string | undefined;
  body: CreateScheduleInput;
}

export type ScheduleOperation = (call: ScheduleCall, caller: Caller) => unknown;

export const schedulerOperations = (
  schedules: Schedules,
  place: Place,
): Record<string, ScheduleOperation> => {
  const asked = ({ name, body }: ScheduleCall) => ({
    name,
    ...(body.GroupName === undefined ? {} : { group: body.GroupName }),
    ...(body.Target?.RoleArn === undefined ? {} : { roleArn: body.Target.RoleArn }),
  });
  const schedule = (group = "default", name = ""): string =>
    arn(place, "scheduler", `schedule/${group}/${name}`);
  return {
    "POST /schedules/{name}": (call, caller) => {
      needsSchedule(caller, place, "CreateSchedule", asked(call));
      return schedules.create({ ...call.body, Name: call.name });
    },
    "PUT /schedules/{name}": (call, caller) => {
      needsSchedule(caller, place, "UpdateSchedule", asked(call));
      return schedules.update({ ...call.body, Name: call.name });
    },
    "GET /schedules/{name}": ({ name, group }, caller) => {
      caller.needs("scheduler:GetSchedule", schedule(group, name));
      return schedules.get(group, name);
    },
    "DELETE /schedules/{name}": ({ name, group }, caller) => {
      caller.needs("scheduler:DeleteSchedule", schedule(group, name));
      schedules.delete(group, name);
      return {};
    },
  };
};
