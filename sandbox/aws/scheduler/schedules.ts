/**
 * One-shot schedules of EventBridge Scheduler, typed by the AWS SDK 3.1153.
 *
 * Verified (docs of CreateSchedule, UpdateSchedule; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * and managing-schedule-delete.html): `at(yyyy-mm-ddThh:mm:ss)`, without seconds' fractions, UTC unless a zone is given;
 * names of 1 to 64 of `[0-9a-zA-Z-_.]`, unique in a group, ConflictException for a second one; an update replaces
 * everything; delivered at least once, up to 60 seconds late; ActionAfterCompletion DELETE removes the schedule after
 * it ran, without it the schedule stays and its name with it; what cannot be handed over is tried again, at most 185
 * times and 24 hours, then sent to the dead-letter queue; a Lambda function is invoked asynchronously, so what the
 * function throws is not the scheduler's affair.
 * Assumed (2026-11-21): pauses between tries double from one second up to a minute; the deletion comes with the
 * delivery. Sources differ on a time that has passed: it is a switch.
 * Gaps: `rate()` and `cron()`, time zones, flexible windows, start and end dates, targets other than Lambda.
 */
import type { CreateScheduleInput, GetScheduleOutput, Target } from "@aws-sdk/client-scheduler";
import type { Timers } from "../agenda.ts";
import { AwsError } from "../error.ts";
import { arn, type Place } from "../place.ts";

/** What becomes of one delivery. */
export type Fate =
  | { kind: "delivered"; lateMilliseconds: number; copies?: number }
  /** Never delivered: no promise of the service allows it, but a cleaner must survive it. */
  | { kind: "lost" };

export interface SchedulesOptions {
  now: () => number;
  timers: Timers;
  place: Place;
  /** From 0 to 1, below 1: how much of the 60 seconds a delivery is late. */
  random: () => number;
  /** Hands a target its input; throws where it cannot be handed over. */
  deliver(targetArn: string, input: string): Promise<unknown>;
  sendToDeadLetterQueue(queueArn: string, input: string): void;
  /** A time that has passed: fired at once, or refused with ValidationException. Default "fired". */
  pastTimes?: "fired" | "refused";
  /** Default: delivered once, up to 60 seconds late. */
  fate?: (name: string, time: number) => Fate | undefined;
}

interface Schedule {
  readonly group: string;
  readonly name: string;
  request: CreateScheduleInput;
  time: number;
  callOff: () => void;
}

const precision = 60_000;
const timePattern = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/;

const validation = (message: string): AwsError => new AwsError("ValidationException", message);

const readTime = ({ ScheduleExpression, ScheduleExpressionTimezone }: CreateScheduleInput): number => {
  const [, text] = timePattern.exec(ScheduleExpression ?? "") ?? [];
  const time = Date.parse(`${text}Z`);
  if (Number.isNaN(time)) throw validation(`Invalid Schedule Expression ${ScheduleExpression}.`);
  if (ScheduleExpressionTimezone !== undefined && ScheduleExpressionTimezone !== "UTC")
    throw validation(`The time zone ${ScheduleExpressionTimezone} is not supported here.`);
  return time;
};

const readTarget = ({ Target: target, FlexibleTimeWindow: window }: CreateScheduleInput): Target => {
  if (window?.Mode !== "OFF") throw validation("FlexibleTimeWindow must have Mode OFF here.");
  if (target?.Arn === undefined || target.RoleArn === undefined)
    throw validation("A target must have Arn and RoleArn.");
  const { MaximumRetryAttempts: attempts = 185, MaximumEventAgeInSeconds: age = 86_400 } =
    target.RetryPolicy ?? {};
  if (attempts < 0 || attempts > 185 || age < 60 || age > 86_400)
    throw validation("RetryPolicy: 0 to 185 attempts within 60 to 86400 seconds.");
  return target;
};

export class Schedules {
  readonly #schedules = new Map<string, Schedule>();
  readonly #options: SchedulesOptions;

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  get all(): ReadonlyMap<string, { readonly name: string; readonly time: number }> {
    return this.#schedules;
  }

  create(request: CreateScheduleInput): { ScheduleArn: string } {
    const { GroupName: group = "default", Name: name = "" } = request;
    if (!/^[0-9a-zA-Z\-_.]{1,64}$/.test(name)) throw validation(`Invalid schedule name ${name}.`);
    const key = `${group}/${name}`;
    if (this.#schedules.has(key))
      throw new AwsError("ConflictException", `Schedule ${name} already exists.`, 409);
    const schedule: Schedule = { group, name, request, time: this.#check(request), callOff: () => {} };
    this.#schedules.set(key, schedule);
    this.#arm(schedule);
    return { ScheduleArn: arn(this.#options.place, "scheduler", `schedule/${key}`) };
  }

  update(request: CreateScheduleInput): { ScheduleArn: string } {
    const schedule = this.#find(request.GroupName, request.Name);
    schedule.time = this.#check(request);
    schedule.request = request;
    schedule.callOff();
    this.#arm(schedule);
    return {
      ScheduleArn: arn(this.#options.place, "scheduler", `schedule/${schedule.group}/${schedule.name}`),
    };
  }

  get(group: string | undefined, name: string | undefined): GetScheduleOutput {
    return this.#find(group, name).request;
  }

  delete(group: string | undefined, name: string | undefined): void {
    const schedule = this.#find(group, name);
    schedule.callOff();
    this.#schedules.delete(`${schedule.group}/${schedule.name}`);
  }

  #find(group = "default", name = ""): Schedule {
    const schedule = this.#schedules.get(`${group}/${name}`);
    if (schedule === undefined)
      throw new AwsError("ResourceNotFoundException", `Schedule ${name} does not exist.`, 404);
    return schedule;
  }

  #check(request: CreateScheduleInput): number {
    readTarget(request);
    const time = readTime(request);
    const { pastTimes = "fired", now } = this.#options;
    if (pastTimes === "refused" && time < now())
      throw validation(`Invalid Schedule Expression ${request.ScheduleExpression}: the time has passed.`);
    return time;
  }

  #arm(schedule: Schedule): void {
    const { now, random, timers, fate } = this.#options;
    if (schedule.request.State === "DISABLED") return;
    const decided = fate?.(schedule.name, schedule.time) ?? {
      kind: "delivered" as const,
      lateMilliseconds: Math.floor(random() * precision),
    };
    const due = Math.max(schedule.time, now());
    const late = decided.kind === "delivered" ? decided.lateMilliseconds : 0;
    const copies = decided.kind === "delivered" ? (decided.copies ?? 1) : 0;
    schedule.callOff = timers.at(due + late, async () => {
      if (schedule.request.ActionAfterCompletion === "DELETE")
        this.#schedules.delete(`${schedule.group}/${schedule.name}`);
      const target = readTarget(schedule.request);
      for (let copy = 0; copy < copies; copy += 1) await this.#deliver(target, due, 0);
    });
  }

  async #deliver(target: Target, due: number, tries: number): Promise<void> {
    const { now, timers, deliver, sendToDeadLetterQueue } = this.#options;
    const input = target.Input ?? "{}";
    try {
      await deliver(target.Arn ?? "", input);
    } catch {
      const { MaximumRetryAttempts: attempts = 185, MaximumEventAgeInSeconds: age = 86_400 } =
        target.RetryPolicy ?? {};
      const again = now() + Math.min(1000 * 2 ** tries, 60_000);
      if (tries < attempts && again - due <= age * 1000)
        timers.at(again, () => this.#deliver(target, due, tries + 1));
      else if (target.DeadLetterConfig?.Arn !== undefined)
        sendToDeadLetterQueue(target.DeadLetterConfig.Arn, input);
    }
  }
}
