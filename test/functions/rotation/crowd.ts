import type { Random } from "../../../sandbox/runtime/index.ts";
import { type Consumer, createConsumer } from "./consumers.ts";
import type { Organisation } from "./organisation.ts";
import type { World } from "./world.ts";

const second = 1000;
const hour = 3600 * second;

export interface CrowdOptions {
  world: World;
  organisation: Organisation;
  secretArn: string;
  drainMilliseconds: number;
  random: Random;
}

/**
 * The consumers of a credential, who call when it matters: just before and after a promotion, at the end of their
 * secret's cache time and of their tokens, when an old generation changes, and at any other time.
 */
export const createCrowd = ({ world, organisation, secretArn, drainMilliseconds, random }: CrowdOptions) => {
  const { clock, aws, genesys } = organisation;
  const secretCache = world.secretCacheSeconds * second;
  const tokenLifetime = world.tokenLifetimeSeconds * second;
  const start = ({ kind, skew }: World["consumers"][number]): Consumer =>
    createConsumer({
      kind,
      clock,
      skewMilliseconds: skew,
      aws,
      genesys,
      secretArn,
      secretCacheSeconds: world.secretCacheSeconds,
      random,
      longestLatencyMilliseconds: world.latencyMilliseconds / 2,
    });
  const consumers = world.consumers.map(start);
  const failures: string[] = [];
  let calls = 0;
  let promotedAt = clock.now();

  const call = async (consumer: Consumer): Promise<void> => {
    const at = clock.now();
    const problem = await consumer.call();
    calls += 1;
    if (problem === undefined) return;
    const since = (at - promotedAt) / second;
    failures.push(`${consumer.kind}, ${since.toFixed(1)} s after a promotion: ${problem}`);
  };
  const callAt = (time: number, index: number): void => {
    clock.at(time, () => {
      const consumer = consumers[index];
      return consumer === undefined ? undefined : call(consumer);
    });
  };

  return {
    failures: failures as readonly string[],
    calls: () => calls,
    begin: (): void => {
      for (const index of consumers.keys()) callAt(clock.now() + random() * hour, index);
    },
    promoted: (): void => {
      promotedAt = clock.now();
    },
    /** An old generation has another state, or is gone. */
    afterChange: (): void => {
      for (const index of consumers.keys())
        if (random() < 0.5) callAt(clock.now() + random() * 5 * second, index);
    },
    /** The new secret becomes current at that time. */
    aroundPromotion: (promotion: number): void => {
      for (const [index, declared] of world.consumers.entries()) {
        // A process that starts just before has the longest time with the old secret.
        if (random() < 0.6)
          clock.at(promotion - 1 - random() * 90, () => {
            const fresh = start(declared);
            consumers[index] = fresh;
            return random() < 0.7 ? fresh.read() : call(fresh);
          });
        const moments = [
          0,
          1,
          secretCache - 5 * second,
          secretCache - 1,
          secretCache + 1,
          secretCache + tokenLifetime - 61 * second,
          secretCache + tokenLifetime - 3 * second,
          secretCache + tokenLifetime + second,
          random() * (secretCache + tokenLifetime),
          random() * drainMilliseconds,
          drainMilliseconds + random() * hour,
        ];
        for (const moment of moments)
          if (moment >= 0 && random() < 0.4) callAt(promotion + moment - random() * 2 * second, index);
      }
    },
  };
};
