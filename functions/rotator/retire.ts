import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import {
  type CredentialRecord,
  generationOf,
  withGeneration,
} from "../../core/rotation/credential-record.ts";
import { isInService, versionOf } from "../../core/rotation/reconciliation.ts";
import { isRetiring } from "../../core/rotation/retirement.ts";
import { superseded } from "../../core/rotation/supersession.ts";
import type { RotatorPorts } from "../ports.ts";
import { actFor } from "./actor.ts";
import { RotatorError } from "./errors.ts";
import { parseRetirementEvent } from "./events.ts";
import { underLease } from "./lease.ts";
import { type Held, retire } from "./retirement.ts";
import { createRotator, credentialById } from "./rotator.ts";
import { type RetirementEvent, scheduleAt, scheduleRetirement } from "./schedule.ts";
import { readStagedClients } from "./staged-clients.ts";
import { unrecordedGeneration } from "./unrecorded-generation.ts";

/** When a retirement comes again that found the credential in other hands. */
const busyMilliseconds = 120_000;

const takeFurther = async (held: Held, record: CredentialRecord, clientId: string): Promise<void> => {
  const { rotator, credential, lease } = held;
  const { ports } = rotator;
  const recorded = generationOf(record, clientId);
  const known = recorded ?? (await unrecordedGeneration(held, clientId));
  if (known === undefined) return;
  // Read last, so that nothing becomes current between this look and what follows but by our own hand.
  const { secret, versions } = await readStagedClients(rotator, credential);
  if (secret.deletedAt !== undefined) {
    ports.log.warn("Nothing is retired while the secret is scheduled for deletion", {
      credential: credential.id,
    });
    return;
  }
  const version = versionOf(versions, credential.owner, known);
  if (isInService(version)) {
    ports.log.info("A generation in service is not retired", { credential: credential.id, clientId });
    return;
  }
  if (recorded !== undefined && isRetiring(recorded)) {
    await retire(held, record, recorded);
    return;
  }
  // The ledger does not know since when it is out of service: its users get their whole time from now on.
  const draining = superseded(known, ports.clock.now());
  await ports.ledger.write(lease, withGeneration(record, draining));
  await scheduleRetirement(rotator, credential, draining);
};

/** Takes one old generation a phase further, as the scheduler asks; the event may come late, twice or never. */
export const createRetire = (ports: RotatorPorts, declarations: RotationDeclarations) => {
  const rotator = createRotator(ports, declarations);
  return async (input: unknown): Promise<void> => {
    const { credentialId, clientId }: RetirementEvent = parseRetirementEvent(input);
    const credential = credentialById(rotator, credentialId);
    if (credential === undefined) {
      ports.log.warn("A retirement of a credential that is no longer declared is left to its stack", {
        credential: credentialId,
        clientId,
      });
      return;
    }
    try {
      await underLease(rotator, credentialId, async (lease, { record }) => {
        const api = await actFor(rotator, credential);
        await takeFurther({ rotator, credential, lease, api }, record, clientId);
      });
    } catch (error) {
      if (!(error instanceof RotatorError && error.code === "busy")) throw error;
      await scheduleAt(rotator, credential, clientId, ports.clock.now() + busyMilliseconds);
    }
  };
};
