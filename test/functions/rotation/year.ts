/**
 * `node year.ts DAYS SEED`: fifty clients rotated every four hours through the real functions, for so many days. Prints
 * what was seen, as JSON. A process of its own, because the same takes twice as long inside a test's sandbox.
 */
import { readMarker } from "../../../core/marker.ts";
import { drainInputs, drainSeconds } from "../../../core/rotation/timing.ts";
import { VirtualClock } from "../../../sandbox/runtime/index.ts";
import { type DeclaredCredential, deployOrganisation } from "./organisation.ts";

const day = 24 * 3600 * 1000;
const intervalHours = 4;
const quota = 500;

const fifty: readonly [DeclaredCredential, ...DeclaredCredential[]] = [
  { id: "master", intervalHours, accessTokenValiditySeconds: 3600, secretCacheSeconds: 0 },
  ...Array.from({ length: 49 }, (_, index) => ({
    id: `integration-${index}`,
    intervalHours,
    accessTokenValiditySeconds: 3600,
    secretCacheSeconds: 900,
  })),
];

export interface Year {
  rotations: number;
  /** The first few; each says which number was exceeded. */
  breaches: string[];
  mostOfOne: number;
  limitOfOne: number;
  mostInAll: number;
  seconds: number;
}

const simulate = async (days: number, seed: number): Promise<Year> => {
  const clock = new VirtualClock({ seed, onlyPromises: true });
  const living = new Map<string, number>();
  let rotations = 0;
  const breaches: string[] = [];
  let mostOfOne = 0;
  let mostInAll = 0;
  const organisation = deployOrganisation({
    clock,
    credentials: fifty,
    genesys: { clientQuota: quota },
    // No event is lost here, so that the third cleaner has little to do; rights are judged in the random worlds.
    runtime: { scheduleSeconds: 24 * 3600, policyOf: () => "unrestricted" },
    aws: {
      onRotation: ({ kind }) => {
        if (kind === "RotationSucceeded") rotations += 1;
      },
    },
  });
  const { genesys, declarations } = organisation;
  const { settings, credentials } = declarations;
  genesys.calls.keepCountsOnly();
  const limits = new Map(
    credentials.map((credential) => {
      const drain = drainSeconds(drainInputs(credential, settings));
      return [credential.owner, 2 + Math.ceil(drain / credential.intervalSeconds)];
    }),
  );
  for (const { owner } of credentials) living.set(owner, 1);
  genesys.world.clients.onChange(({ before, after }) => {
    if ((before === undefined) === (after === undefined)) return;
    const owner = readMarker((after ?? before)?.description)?.prefix ?? "";
    const count = (living.get(owner) ?? 0) + (after === undefined ? -1 : 1);
    living.set(owner, count);
    mostOfOne = Math.max(mostOfOne, count);
    mostInAll = Math.max(mostInAll, genesys.world.clients.size);
    if (count > (limits.get(owner) ?? 0)) breaches.push(`${owner} has ${count} clients`);
    if (genesys.world.clients.size > quota) breaches.push(`${genesys.world.clients.size} clients in all`);
  });
  const started = performance.now();
  // Every retirement meets a 404; millions of stacks that nobody reads take a good part of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let each = 0; each < days; each += 1) {
      await clock.advanceBy(day);
      genesys.prune();
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return {
    rotations,
    breaches: breaches.slice(0, 10),
    mostOfOne,
    limitOfOne: Math.max(...limits.values()),
    mostInAll,
    seconds: Math.round((performance.now() - started) / 1000),
  };
};

const [days = 7, seed = 1] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await simulate(days, seed)));
