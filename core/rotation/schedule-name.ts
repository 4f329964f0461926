/**
 * The name of the event that takes a generation further at `time` (milliseconds since 1970): the same for the same
 * minute, and another for every other, because the scheduler deletes an event of that name after it has fired.
 */
export const retirementName = (clientId: string, time: number): string =>
  `retire-${clientId.replaceAll(/[^0-9A-Za-z_.-]/g, "_").slice(0, 40)}-${Math.ceil(time / 60_000).toString(36)}`;
