import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { dueAt, type Retiring } from "../../core/rotation/retirement.ts";
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
export const scheduleRetirement = (
  rotator: Rotator,
  credential: RotatedCredential,
  generation: Retiring,
): Promise<void> => {
  const due = dueAt(generation, credential, rotator.declarations.settings);
  return scheduleAt(rotator, credential, generation.clientId, due);
};
