import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import type { Emergency } from "../../core/rotation/credential-record.ts";
import { stages, versionWith } from "../../core/rotation/step-guard.ts";
import { PortError, type RotatorPorts } from "../ports.ts";
import { type EmergencyMessage, parseEmergencyMessage, parseQueueEvent } from "./events.ts";
import { underLease } from "./lease.ts";
import { createRotator, credentialById, type Rotator } from "./rotator.ts";

/** What Lambda's event source takes: the messages that are to come again. */
export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

const parse = (body: string): EmergencyMessage => {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    message = undefined;
  }
  return parseEmergencyMessage(message);
};

/** The function's own timeout is a minute. */
const workSeconds = 90;

/** Writes the wish down: the rotation that is under way, or the one that starts, finds it. */
const wish = (rotator: Rotator, credentialId: string, emergency: Emergency): Promise<void> =>
  underLease(
    rotator,
    credentialId,
    async (lease, { record }) => {
      const contain = emergency.contain || (record.emergency?.contain ?? false);
      await rotator.ports.ledger.write(lease, { ...record, emergency: { ...emergency, contain } });
    },
    workSeconds,
  );

/** Takes the wish back that was fulfilled before. */
const unwish = (rotator: Rotator, credentialId: string, { at }: Emergency): Promise<void> =>
  underLease(
    rotator,
    credentialId,
    async (lease, { record }) => {
      const { emergency, ...rest } = record;
      if (emergency?.at === at) await rotator.ports.ledger.write(lease, rest);
    },
    workSeconds,
  );

/**
 * Starts the rotation, or has the one that is stuck tried again. The message's id becomes the version, so that a
 * message that comes again asks for the same rotation.
 */
const start = async (
  { trigger, secrets }: RotatorPorts,
  secretArn: string,
  versionId: string,
): Promise<"started" | "running" | "done before"> => {
  try {
    const started = await trigger.rotateNow(secretArn, versionId);
    const pending = versionWith(await secrets.describe(secretArn), stages.pending);
    if (started === "started" || pending === undefined) return started;
    return await trigger.rotateNow(secretArn, pending);
  } catch (error) {
    if (error instanceof PortError && error.code === "already-exists") return "done before";
    throw error;
  }
};

const answer = async (rotator: Rotator, versionId: string, body: string): Promise<void> => {
  const { ports } = rotator;
  const { credentialId, reason, contain } = parse(body);
  const credential = credentialById(rotator, credentialId);
  if (credential === undefined) {
    ports.log.warn("A rotation was asked for of a credential that is not declared", {
      credential: credentialId,
    });
    return;
  }
  const emergency = { reason, at: ports.clock.now(), contain };
  await wish(rotator, credentialId, emergency);
  const started = await start(ports, credential.secretArn, versionId);
  if (started === "done before") await unwish(rotator, credentialId, emergency);
  ports.log.warn("A rotation out of turn", { credential: credentialId, reason, contain, started });
};

/** Rotates credentials out of turn, as messages ask. What fails comes again, and what follows it in its group. */
export const createEmergency = (ports: RotatorPorts, declarations: RotationDeclarations) => {
  const rotator = createRotator(ports, declarations);
  return async (input: unknown): Promise<BatchAnswer> => {
    const { Records: records } = parseQueueEvent(input);
    for (const [index, { messageId, body }] of records.entries()) {
      try {
        await answer(rotator, messageId, body);
      } catch (error) {
        ports.log.error("A rotation out of turn could not be started", {
          message: messageId,
          error: error instanceof Error ? error.message : String(error),
        });
        // A FIFO batch stops at its first failure, or the order of a group would be lost.
        const rest = records.slice(index).map((each) => ({ itemIdentifier: each.messageId }));
        return { batchItemFailures: rest };
      }
    }
    return { batchItemFailures: [] };
  };
};
