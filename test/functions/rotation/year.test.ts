import { readMarker } from "../../../core/marker.ts";
import { drainInputs, drainSeconds } from "../../../core/rotation/timing.ts";
import { VirtualClock } from "../../../sandbox/runtime/index.ts";
import { proof } from "../../proof.ts";
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

proof(
  "50 clients rotated every 4 hours stay within their numbers and the quota, in days",
  { quick: 7, full: 365 },
  async (days, seed) => {
    const clock = new VirtualClock({ seed });
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
    console.log(
      `${rotations} rotations in ${Math.round((performance.now() - started) / 1000)} s, at most ${mostOfOne} clients of one credential (limit ${Math.max(...limits.values())}) and ${mostInAll} in all`,
    );
    expect(breaches).toEqual([]);
    expect(rotations).toBeGreaterThanOrEqual((days * 6 - 1) * 50);
  },
);
