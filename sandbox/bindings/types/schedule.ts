import type { PropertyMap } from "../../../engine/model/property.ts";
import type { BoundType } from "../bound-type.ts";
import { map, optionalText, text } from "../inputs.ts";
import { nameOf } from "../names.ts";
import type { Region } from "../region.ts";

const milliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based: `rate(value unit)`. */
const rateOf = (expression: string): number => {
  const [, value, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (value === undefined)
    throw new Error(`ValidationException: the sandbox knows rate(N minutes|hours|days), not ${expression}`);
  return Number(value) * (milliseconds[unit] ?? 0);
};

const start = (arn: string, inputs: PropertyMap, region: Region): void => {
  const { clock, recurring } = region;
  const every = rateOf(text(inputs, "scheduleExpression"));
  const target = map(inputs.target);
  const [functionArn, roleArn] = [text(target, "arn"), text(target, "roleArn")];
  const event: unknown = JSON.parse(optionalText(target, "input") ?? "{}");
  const tick = (): void => {
    recurring.set(arn, clock.at(clock.now() + every, tick));
    if (inputs.state !== "DISABLED") region.invokeAs(roleArn, functionArn, event);
  };
  stop(arn, region);
  recurring.set(arn, clock.at(clock.now() + every, tick));
};

const stop = (arn: string, { recurring }: Region): void => {
  recurring.get(arn)?.();
  recurring.delete(arn);
};

/**
 * aws:scheduler/schedule:Schedule with a rate; its id is `GROUP/NAME`. One-shots are made by the functions.
 * Assumed (2026-11-21): the first call comes one interval after the schedule was made.
 * https://www.pulumi.com/registry/packages/aws/api-docs/scheduler/schedule/
 */
export const schedule: BoundType = {
  create: (inputs, { region, logicalName }) => {
    const name = nameOf(inputs, logicalName);
    const groupName = optionalText(inputs, "groupName") ?? "default";
    if (!region.scheduleGroups.has(groupName))
      throw new Error(`ResourceNotFoundException: Schedule group ${groupName} does not exist.`);
    const arn = region.arn("scheduler", `schedule/${groupName}/${name}`);
    start(arn, inputs, region);
    return { id: `${groupName}/${name}`, outputs: { arn, name, groupName } };
  },
  update: ({ outputs }, inputs, { region }) => {
    start(String(outputs.arn), inputs, region);
    return {};
  },
  read: ({ outputs }, { region }) => (region.recurring.has(String(outputs.arn)) ? outputs : undefined),
  delete: ({ outputs }, { region }) => stop(String(outputs.arn), region),
};

/** aws:scheduler/scheduleGroup:ScheduleGroup; with it go the schedules in it, as in AWS. */
export const scheduleGroup: BoundType = {
  create: (inputs, { region, logicalName }) => {
    const name = nameOf(inputs, logicalName);
    region.scheduleGroups.add(name);
    return {
      id: name,
      outputs: { arn: region.arn("scheduler", `schedule-group/${name}`), name, state: "ACTIVE" },
    };
  },
  read: ({ id, outputs }, { region }) => (region.scheduleGroups.has(id) ? outputs : undefined),
  delete: ({ id }, { region }) => {
    region.scheduleGroups.delete(id);
    for (const [key, { name }] of [...region.schedules.all])
      if (key.startsWith(`${id}/`)) region.schedules.delete(id, name);
  },
};
