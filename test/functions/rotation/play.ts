import { parseSecretValue } from "../../../core/rotation/secret-value.ts";
import { drainInputs, drainSeconds } from "../../../core/rotation/timing.ts";
import type { RotationEvent } from "../../../sandbox/aws/secrets-manager/index.ts";
import { seededRandom, VirtualClock } from "../../../sandbox/runtime/index.ts";
import { createCrowd } from "./crowd.ts";
import { guideFunctions } from "./guide-rotator.ts";
import { worldMishaps } from "./mishap-source.ts";
import { deployOrganisation, type Organisation } from "./organisation.ts";
import type { World } from "./world.ts";

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** Secrets Manager's pauses after failed attempts in one rotation window, in milliseconds. */
export const rotationPauses = [60, 300, 900, 3600].map((seconds) => seconds * second);

/** The length of the window in which Secrets Manager begins a rotation. */
export const windowMilliseconds = hour;

/**
 * The longest that a rotation takes whose last attempt meets no trouble: all pauses, and as many attempts of four
 * steps, each as long as the function may run.
 */
export const retryWindowMilliseconds =
  rotationPauses.reduce((sum, pause) => sum + pause, 0) + (rotationPauses.length + 1) * 4 * 300 * second;

export interface Outcome {
  calls: number;
  /** Calls of consumers that failed. */
  failures: string[];
  promotions: number;
  /** The greatest age that a credential reached beyond its interval, in milliseconds. */
  greatestExcess: number;
  /** Old generations that are left when the cleaners have had their time; looked at in one world of four. */
  leftovers: string[];
  /** Clients of others that are no longer what they were. */
  touched: string[];
}

/** Clients of our credentials that are neither current nor pending. */
const leftoversOf = ({ aws, genesys, declarations }: Organisation): string[] => {
  const inService = new Set<string | undefined>();
  for (const { secretArn } of declarations.credentials)
    for (const VersionStage of ["AWSCURRENT", "AWSPENDING"])
      try {
        const { SecretString = "" } = aws.secretsManager.getSecretValue({
          SecretId: secretArn,
          VersionStage,
        });
        inService.add(parseSecretValue(SecretString)?.clientId);
      } catch {
        // There is no such version.
      }
  return genesys.world.clients
    .all()
    .filter(
      ({ id, description = "" }) => description.includes(declarations.stackPrefix) && !inService.has(id),
    )
    .map(({ id, name, state, dateCreated }) => `${name} ${id}, ${state}, made ${dateCreated}`);
};

export type Scheme = "ours" | "guide";

const credentialId = "crm";

export const play = async (world: World, scheme: Scheme): Promise<Outcome> => {
  const random = seededRandom(world.seed);
  const clock = new VirtualClock({
    seed: world.seed,
    start: Date.UTC(2026, 0, 1) + Math.floor(random() * day),
  });
  const failedInARow = new Map<string, number>();
  let isOver = false;
  const isSpared = (): boolean => {
    if (isOver) return true;
    for (const failed of failedInARow.values()) if (failed >= rotationPauses.length) return true;
    return false;
  };
  const outcome: Outcome = {
    calls: 0,
    failures: [],
    promotions: 0,
    greatestExcess: 0,
    leftovers: [],
    touched: [],
  };
  const mishaps = worldMishaps(world, random, isSpared);
  const { schedules, platform } = world;

  const organisation: Organisation = deployOrganisation({
    clock,
    credentials: [
      {
        id: "master",
        intervalHours: world.masterIntervalHours,
        accessTokenValiditySeconds: 3600,
        secretCacheSeconds: 0,
      },
      {
        id: credentialId,
        intervalHours: world.intervalHours,
        accessTokenValiditySeconds: world.tokenLifetimeSeconds,
        secretCacheSeconds: world.secretCacheSeconds,
      },
    ],
    settings: {
      capabilities: {
        dualSecrets: false,
        tenantMayDisable: false,
        inactiveKeepsTokens: world.declaresThatInactiveKeepsTokens,
      },
    },
    platformSkewMilliseconds: world.skew.platform,
    genesys: {
      switches: {
        inactiveKeepsTokens: platform.inactiveKeepsTokens,
        deletedClientKeepsTokens: platform.deletedClientKeepsTokens,
        inactiveSchedulesDeletion: platform.inactiveSchedulesDeletion,
        deleteOfOldClient: platform.deleteOfOldClient,
        deletedClientReads: platform.deletedClientReads,
        secretResetKillsTokens: platform.secretResetKillsTokens,
        usageDelaySeconds: platform.usageDelaySeconds,
      },
      lag: platform.lag,
    },
    aws: {
      rotationPauses,
      onRotation: (event) => onRotation(event),
      fate: () => {
        if (random() < schedules.lost) return { kind: "lost" };
        const late = random() < schedules.late ? schedules.latestHours * hour : 60 * second;
        const copies = random() < schedules.twice ? 2 : 1;
        return { kind: "delivered", lateMilliseconds: Math.floor(random() * late), copies };
      },
    },
    runtime: {
      scheduleSeconds: "never",
      skewMilliseconds: world.skew.functions,
      mishaps: {
        mishap: mishaps.mishap,
        latencyMilliseconds: (call) => {
          const isPromotion = call.operation === "moveStage" && call.target === secretArn;
          if (!isPromotion) return mishaps.latencyMilliseconds(call);
          const latency = Math.max(100, mishaps.latencyMilliseconds(call));
          crowd.aroundPromotion(clock.now() + latency);
          return latency;
        },
      },
    },
    ...(scheme === "guide" ? { functions: guideFunctions } : {}),
  });
  const { aws, genesys, runtime, declarations } = organisation;
  const secretArn = organisation.secretArnOf(credentialId);
  const credential = declarations.credentials.find(({ id }) => id === credentialId);
  if (credential === undefined) throw new Error("no credential");
  const drain = drainSeconds(drainInputs(credential, declarations.settings)) * second;

  // Somebody else's, and nobody's: whatever happens, they stay.
  const foreign = ["guard:acme/contact-centre/test/crm~00000000#abc", "a client of nobody"].map(
    (description) => genesys.world.addClient({ name: credentialId, description }),
  );

  const began = clock.now();
  const crowd = createCrowd({ world, organisation, secretArn, drainMilliseconds: drain, random });
  genesys.world.clients.onChange(({ before, after }) => {
    if (before?.name === credentialId && before.state !== after?.state) crowd.afterChange();
  });

  /* Rotations. */
  let watchedUntil = began;
  const since = new Map(declarations.credentials.map((each) => [each.secretArn, began]));
  const noteAge = (arn: string, interval: number): void => {
    const age = clock.now() - (since.get(arn) ?? began);
    outcome.greatestExcess = Math.max(outcome.greatestExcess, age - interval * second);
  };
  const onRotation = ({ kind, secretArn: arn }: RotationEvent): void => {
    if (kind === "RotationFailed") failedInARow.set(arn, (failedInARow.get(arn) ?? 0) + 1);
    if (kind !== "RotationSucceeded") return;
    failedInARow.set(arn, 0);
    const rotated = declarations.credentials.find((each) => each.secretArn === arn);
    if (rotated === undefined || (scheme === "guide" && arn !== secretArn)) return;
    noteAge(arn, rotated.intervalSeconds);
    since.set(arn, clock.now());
    watchedUntil = clock.now() + drain + 6 * hour;
    if (arn !== secretArn) return;
    outcome.promotions += 1;
    crowd.promoted();
  };

  /* The third cleaner comes every hour while there is something to do; in between now and then. */
  const rarely = Math.max(day, (world.intervalHours * hour) / 20);
  const reconcile = (): void => {
    runtime.invokeLater("reconcile", {});
    clock.at(clock.now() + (clock.now() < watchedUntil ? hour : rarely), reconcile);
  };
  if (scheme === "ours") clock.at(began + random() * hour, reconcile);

  crowd.begin();
  await clock.advanceTo(began + 2 * world.intervalHours * hour + drain + 6 * hour);
  const called = () => ({ calls: crowd.calls(), failures: [...crowd.failures] });
  if (scheme === "guide") return { ...outcome, ...called() };

  for (const { secretArn: arn, intervalSeconds } of declarations.credentials) noteAge(arn, intervalSeconds);
  if (world.seed % 4 === 0) {
    isOver = true;
    const isRotating = () => [...aws.secretsManager.store.all].some(({ running }) => running !== undefined);
    while (isRotating()) await clock.advanceBy(600 * second);
    for (const { secretArn: arn } of declarations.credentials)
      aws.secretsManager.cancelRotateSecret({ SecretId: arn });
    // An unknown client must be two days old, an old one may get seven days more, a used one is waited for a day.
    watchedUntil = clock.now() + drain + 4 * day;
    await clock.advanceBy(drain + 12 * day);
    genesys.world.settle();
    outcome.leftovers = leftoversOf(organisation);
  }
  outcome.touched = foreign
    .filter((client) => JSON.stringify(genesys.world.clients.get(client.id)) !== JSON.stringify(client))
    .map(({ description = "" }) => description);
  return { ...outcome, ...called() };
};
