import type { OAuthClient } from "../../apis/genesys/api.ts";
import { staged, type Vault } from "../../core/leak/vault.ts";
import { readMarker } from "../../core/marker.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import {
  type CredentialRecord,
  emptyRecord,
  generationOf,
  type KnownClient,
  knownClient,
  withGeneration,
  withoutIntent,
} from "../../core/rotation/credential-record.ts";
import { isRetiring } from "../../core/rotation/retirement.ts";
import { stages, versionWith } from "../../core/rotation/step-guard.ts";
import { superseded } from "../../core/rotation/supersession.ts";
import { PortError } from "../ports.ts";
import { madeAt } from "../rotator/marked-clients.ts";
import { scheduleRetirement } from "../rotator/schedule.ts";
import { messageOf, RevokerError } from "./errors.ts";
import type { Suspect } from "./examination.ts";
import type { Grip } from "./grip.ts";
import { type Successor, successorOf } from "./replacement.ts";
import type { Revoker } from "./revoker.ts";
import { readVault } from "./vaults.ts";

/** A leaked client that has been stopped. */
export interface Stopped {
  readonly revoker: Revoker;
  readonly grip: Grip;
  readonly suspect: Suspect;
  /** The clients that the platform listed when the leak was looked at. */
  readonly listed: readonly OAuthClient[];
}

const leakedGeneration = (
  { revoker, suspect }: Stopped,
  credential: RotatedCredential,
  record: CredentialRecord,
): KnownClient => {
  const { client, clientId } = suspect;
  const known = generationOf(record, clientId);
  if (known !== undefined) return knownClient(known);
  const now = revoker.ports.clock.now();
  return {
    clientId,
    token: readMarker(client?.description)?.token ?? "",
    madeAt: client === undefined ? now : madeAt(client, now),
    tokenLifetimeSeconds: client?.accessTokenValiditySeconds ?? credential.client.accessTokenValiditySeconds,
  };
};

/** The leaked generation on its way out, at once; its successor in service. An emergency has been answered by it. */
const settled = (
  of: Stopped,
  credential: RotatedCredential,
  record: CredentialRecord,
  successor: Successor | undefined,
): CredentialRecord => {
  const now = of.revoker.ports.clock.now();
  const leaked = leakedGeneration(of, credential, record);
  const before = generationOf(record, of.suspect.clientId);
  const leaving =
    before !== undefined && isRetiring(before)
      ? { ...before, contained: true }
      : superseded(leaked, now, true);
  if (successor === undefined) return withGeneration(record, leaving);
  const { emergency: _answered, ...rest } = withoutIntent(record, successor.token);
  const { clientId, token, madeAt: made } = successor;
  return withGeneration(withGeneration(rest, leaving), {
    clientId,
    token,
    madeAt: made,
    tokenLifetimeSeconds: credential.client.accessTokenValiditySeconds,
    phase: "live",
  });
};

/**
 * What the store holds now: who guesses here leaves a credential without a client that works.
 *
 * @throws RevokerError store-unread
 */
const storedNow = async ({ revoker }: Stopped, credential: RotatedCredential): Promise<Vault> => {
  const vault = await readVault(revoker.ports, credential.secretArn);
  if (staged(vault, "AWSCURRENT") !== undefined) return vault;
  throw new RevokerError(
    "store-unread",
    `${credential.id}: its leaked client is stopped, and the secret store cannot be read: whether users still read that client is not known. The message comes again.`,
  );
};

/**
 * A version that names the leaked client is pending: its rotation is unfinished, or was finished, and the label stayed
 * where it was. Secrets Manager would go on with it, and make the leaked client current.
 */
const giveUpPending = async (of: Stopped, credential: RotatedCredential, vault: Vault): Promise<void> => {
  const { revoker, suspect } = of;
  const { secrets, log } = revoker.ports;
  if (staged(vault, "AWSPENDING")?.clientId !== suspect.clientId) return;
  const secret = await secrets.describe(credential.secretArn);
  const from = versionWith(secret, stages.pending);
  if (from === undefined || from === versionWith(secret, stages.current)) return;
  try {
    await secrets.moveStage(credential.secretArn, stages.pending, { from });
    log.warn("No rotation goes on with the leaked client", { credential: credential.id });
  } catch (error) {
    // Somebody moved it meanwhile.
    if (!(error instanceof PortError && error.code === "conflict")) throw error;
  }
};

/** After a reset in place: no rotation goes on with the version that held the leaked secret. */
export const settleInPlace = async (of: Stopped): Promise<void> => {
  const { credential, rotation } = of.grip;
  if (credential === undefined || rotation === undefined) return;
  await giveUpPending(of, credential, await storedNow(of, credential));
};

/**
 * Sees to the rotated credential of a stopped client: its generation is retired, and where no successor is current, the
 * rotator is asked for one. Comes again after a crash, and then changes nothing that was done.
 */
export const settleRotation = async (of: Stopped, made?: Successor): Promise<void> => {
  const { revoker, grip, suspect, listed } = of;
  const { ports } = revoker;
  const { credential, rotation } = grip;
  if (credential === undefined) return;
  if (made === undefined && grip.leak.record.inPlace === true) return settleInPlace(of);
  const record = rotation?.known.record ?? emptyRecord;
  const currentId = staged(suspect.vault, "AWSCURRENT")?.clientId;
  // After a crash it is found by what it left behind.
  const successor = made ?? successorOf(credential, grip.key, { listed, currentId, record });
  if (rotation !== undefined) {
    const next = settled(of, credential, successor?.record ?? record, successor);
    await ports.ledger.write(rotation.lease, next);
    const generation = generationOf(next, suspect.clientId);
    // The retirement tries again by itself, and reconcile does so for one that was never scheduled.
    if (generation !== undefined && isRetiring(generation))
      await scheduleRetirement(revoker.rotator, credential, generation).catch((error: unknown) =>
        ports.log.error("A retirement could not be scheduled", {
          credential: credential.id,
          error: messageOf(error),
        }),
      );
  }
  const vault = await storedNow(of, credential);
  if (rotation !== undefined) await giveUpPending(of, credential, vault);
  if (successor === undefined && staged(vault, "AWSCURRENT")?.clientId === suspect.clientId)
    await ports.emergencies.send({
      group: credential.id,
      deduplicationId: `leak-${grip.key.slice(-64)}`,
      body: {
        credentialId: credential.id,
        reason: "its current client leaked and was stopped",
        contain: true,
      },
    });
};
