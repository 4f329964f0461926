import type { RotationApi } from "../../apis/genesys/api.ts";
import { contained, containmentFailed, replaced } from "../../core/leak/case-history.ts";
import { reserve } from "../../core/leak/hourly-cap.ts";
import { containLeak, type LeakRecord, replaceLeak, startLeak } from "../../core/leak/leak-record.ts";
import { liveTokensUntil } from "../../core/leak/live-tokens.ts";
import type { CredentialRecord } from "../../core/rotation/credential-record.ts";
import { planStrategy } from "../../core/rotation/strategy.ts";
import { settleInPlace, settleRotation } from "./aftermath.ts";
import { type ContainedBy, stopClient } from "./containment.ts";
import { messageOf } from "./errors.ts";
import type { Suspect } from "./examination.ts";
import { type Grip, requireRotation } from "./grip.ts";
import type { HeldCase } from "./held-case.ts";
import { resetInPlace } from "./in-place.ts";
import { leakMetricNames } from "./metrics.ts";
import { type Replacing, replaceClient, type Successor, withNextIntent } from "./replacement.ts";
import type { Revoker } from "./revoker.ts";

/** A live leak that is about to be stopped. */
export interface Answering {
  readonly revoker: Revoker;
  readonly held: HeldCase;
  readonly grip: Grip;
  readonly suspect: Suspect;
  readonly api: RotationApi;
  readonly listed: Replacing["listed"];
  /** Its users read it from the store, so they get another one first. */
  readonly isInUse: boolean;
  /** When a replacement must be current, in milliseconds since 1970. */
  readonly until: number;
}

/** Where the new secret of a client is stored that keeps its id; undefined where it is not done so. */
const homeInPlace = ({ revoker, suspect, grip, isInUse }: Answering): string | undefined => {
  const { declarations, leak } = revoker;
  const declared = leak.clients.find(({ clientId }) => clientId === suspect.clientId);
  if (declared !== undefined) return declared.secretArn;
  if (grip.credential === undefined || !isInUse) return undefined;
  const strategy = planStrategy(grip.credential, declarations.settings.capabilities, declarations.masterId);
  return strategy.kind === "resetSecret" ? grip.credential.secretArn : undefined;
};

const canBeReplaced = ({ revoker: { declarations }, grip: { credential }, isInUse }: Answering): boolean =>
  isInUse &&
  credential !== undefined &&
  planStrategy(credential, declarations.settings.capabilities, declarations.masterId).kind === "newClient";

/** Everything that must be known before the first change, written at once. */
const begin = async (
  of: Answering,
  isInPlace: boolean,
): Promise<{ leak: LeakRecord; intended: CredentialRecord | undefined }> => {
  const { revoker, held, grip } = of;
  const { ports, leak: settings } = revoker;
  const now = ports.clock.now();
  const leak = startLeak(grip.leak.record, { by: held.of.alert, at: now, inPlace: isInPlace });
  const count = reserve(grip.cap.count, grip.key, now, settings.settings.hourlyCap);
  const rotation = canBeReplaced(of) ? grip.rotation : undefined;
  const intended = rotation && withNextIntent(rotation.known.record, grip.key, now);
  await Promise.all([
    ports.cases.write(grip.leak.lease, leak),
    ports.cases.write(grip.cap.lease, count),
    ...(rotation === undefined ? [] : [ports.ledger.write(rotation.lease, intended)]),
  ]);
  grip.cap.letGo();
  return { leak, intended };
};

/** The new generation; undefined where there is none in time, and the leaked one is stopped without. */
const replaceInTime = async (
  of: Answering,
  intended: CredentialRecord | undefined,
): Promise<Successor | undefined> => {
  const { revoker, grip, until } = of;
  const { clock, log } = revoker.ports;
  const { credential, rotation } = grip;
  if (credential === undefined || rotation === undefined || intended === undefined) return undefined;
  let isOver = false;
  const work = replaceClient(
    {
      ...of,
      credential,
      lease: rotation.lease,
      leak: grip.key,
      isOver: () => isOver || clock.now() >= until,
    },
    intended,
  ).catch((error: unknown) => {
    log.error("The leaked client could not be replaced", {
      credential: credential.id,
      error: messageOf(error),
    });
    return undefined;
  });
  const successor = await Promise.race([
    work,
    clock.sleep(Math.max(0, until - clock.now())).then(() => undefined),
  ]);
  isOver = true;
  return successor;
};

const stopped = (of: Answering, leak: LeakRecord, containment: ContainedBy): LeakRecord => {
  const { revoker, held, suspect } = of;
  const { ports } = revoker;
  const at = ports.clock.now();
  const lifetime = suspect.client?.accessTokenValiditySeconds;
  const until = liveTokensUntil({ at, containment }, lifetime);
  ports.metrics.emit(leakMetricNames.containments, 1, "Count");
  ports.metrics.emit(leakMetricNames.receiptToContainment, at - held.of.receivedAt, "Milliseconds");
  ports.log.warn("A leaked client is stopped", { alert: held.key, clientId: suspect.clientId, containment });
  return containLeak(leak, { at, containment, liveTokensUntil: until });
};

/** Says in the case what was done; last, so that after a crash everything before is done again. */
const conclude = async ({ held }: Pick<Answering, "held">, leak: LeakRecord): Promise<void> => {
  const { replacedAt, containedAt, containment, liveTokensUntil: until } = leak;
  const known = replacedAt === undefined ? held.of : replaced(held.of, replacedAt);
  await held.save(
    containedAt === undefined || containment === undefined
      ? known
      : contained(known, { at: containedAt, containment, liveTokensUntil: until ?? containedAt }),
  );
};

/**
 * A credential that changes clients with its own rights: without one that works, no function could make it another,
 * nor answer any further leak.
 */
const isOnItsOwn = ({ isInUse, grip: { credential } }: Answering): boolean =>
  isInUse && credential?.actor === "self";

/**
 * Stops the leaked client: a client in use is replaced first, if that can be done in time. The case has been written
 * with what is going to be done.
 */
export const answerLeak = async (of: Answering, saved: Promise<void>): Promise<void> => {
  const { revoker, grip, suspect, api, held } = of;
  const { ports, declarations } = revoker;
  const home = homeInPlace(of);
  if ((home !== undefined && grip.credential !== undefined) || isOnItsOwn(of)) requireRotation(grip);
  const [{ leak, intended }] = await Promise.all([begin(of, home !== undefined), saved]);
  let next = leak;
  try {
    const successor = home === undefined ? await replaceInTime(of, intended) : undefined;
    const inPlace =
      home ?? (successor === undefined && isOnItsOwn(of) ? grip.credential?.secretArn : undefined);
    if (inPlace !== undefined) {
      if (next.inPlace !== true) {
        next = { ...next, inPlace: true };
        await ports.cases.write(grip.leak.lease, next);
      }
      await resetInPlace(of, inPlace);
      next = stopped(of, replaceLeak(next, ports.clock.now()), "replacedInPlace");
      await ports.cases.write(grip.leak.lease, next);
      await settleInPlace(of);
    } else {
      if (successor !== undefined) next = replaceLeak(next, ports.clock.now());
      const { capabilities } = declarations.settings;
      const by = await stopClient(ports.clock, api, suspect.clientId, suspect.client, capabilities);
      next = stopped(of, next, by);
      await ports.cases.write(grip.leak.lease, next);
      await settleRotation(of, successor);
    }
    await conclude(of, next);
  } catch (error) {
    if (next.containedAt !== undefined) throw error;
    ports.log.error("A leaked client could not be stopped", {
      alert: held.key,
      clientId: suspect.clientId,
      error: messageOf(error),
    });
    await held.save(containmentFailed(held.of));
  }
};
