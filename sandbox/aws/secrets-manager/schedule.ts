/**
 * When a secret is rotated.
 *
 * Verified (docs of RotationRulesType; https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html):
 * `rate(N hours)` from 4 hours, `rate(N days)`, AutomaticallyAfterDays 1 to 1000, not both; UTC; windows of a rate
 * begin at midnight, last an hour for hours and until the end of the day for days unless Duration says otherwise;
 * the service picks any moment in a window; a value stored by hand counts as a rotation for AutomaticallyAfterDays.
 * Assumed (2026-11-21): windows of N hours are counted from the midnight before the schedule was set; after a
 * rotation comes the first window that begins later; NextRotationDate is the window's end.
 * Gap: `cron()` is refused.
 */
import type { RotationRulesType } from "@aws-sdk/client-secrets-manager";
import { invalidParameter } from "./errors.ts";

const hour = 3600 * 1000;
const day = 24 * hour;

export interface RotationSchedule {
  rules: RotationRulesType;
  unit: "hours" | "days";
  every: number;
  windowMilliseconds: number;
  /** The midnight from which windows of hours are counted. */
  anchor: number;
}

const midnight = (time: number): number => Math.floor(time / day) * day;

const readRate = (expression: string): { unit: "hours" | "days"; every: number } => {
  const [, count, unit] = /^rate\((\d+) (hour|hours|day|days)\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined)
    throw invalidParameter(
      `The rotation schedule expression ${expression} isn't supported here: rate(N hours) or rate(N days).`,
    );
  return { every: Number(count), unit: unit.startsWith("hour") ? "hours" : "days" };
};

/** @throws AwsError InvalidParameterException */
export const readRules = (rules: RotationRulesType, now: number): RotationSchedule => {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration: duration } = rules;
  if ((days === undefined) === (expression === undefined))
    throw invalidParameter("You must specify either AutomaticallyAfterDays or ScheduleExpression, not both.");
  const { unit, every } =
    expression === undefined ? { unit: "days" as const, every: days ?? 0 } : readRate(expression);
  const [least, most] = unit === "hours" ? [4, 999 * 24] : [1, 1000];
  if (every < least || every > most)
    throw invalidParameter(`The rotation interval must be from ${least} to ${most} ${unit}.`);
  const [, hours] = /^(\d+)h$/.exec(duration ?? "") ?? [];
  if (duration !== undefined && hours === undefined)
    throw invalidParameter(`The rotation window ${duration} isn't a number of hours such as 3h.`);
  const windowMilliseconds = hours === undefined ? (unit === "hours" ? hour : day) : Number(hours) * hour;
  const longest = unit === "hours" ? Math.min(every * hour, day) : day;
  if (windowMilliseconds < hour || windowMilliseconds > longest)
    throw invalidParameter(
      `The rotation window ${duration} must not extend into the next one or the next day.`,
    );
  return { rules, unit, every, windowMilliseconds, anchor: midnight(now) };
};

/** The window after a rotation at `rotatedAt`. */
export const nextWindow = (
  { unit, every, windowMilliseconds, anchor }: RotationSchedule,
  rotatedAt: number,
): { start: number; end: number } => {
  const start =
    unit === "days"
      ? midnight(rotatedAt) + every * day
      : anchor + (Math.floor((rotatedAt - anchor) / (every * hour)) + 1) * every * hour;
  return { start, end: start + windowMilliseconds };
};
