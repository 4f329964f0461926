import type { RotatedCredential } from "../../core/rotation/credential.ts";
import type { Generation } from "../../core/rotation/credential-record.ts";
import { dueAt } from "../../core/rotation/retirement.ts";
import { retirementName } from "../../core/rotation/schedule-name.ts";
import type { Rotator } from "./rotator.ts";

/** What the retire function is called with. */
export interface RetirementEvent {
  credentialId: string;
  clientId: string;
}

export const scheduleAt = (
  { ports }: Rotator,
  credential: RotatedCredential,
  clientId: string,
  time: number,
): Promise<void> => {
  const payload: RetirementEvent = { credentialId: credential.id, clientId };
  return ports.scheduler.at(retirementName(clientId, time), time, payload);
};

/** Has a superseded generation taken further when its time has come. */
export const scheduleRetirement = async (
  rotator: Rotator,
  credential: RotatedCredential,
  generation: Generation,
): Promise<void> => {
  const due = dueAt(generation, credential, rotator.declarations.settings);
  if (due !== undefined) await scheduleAt(rotator, credential, generation.clientId, due);
};
