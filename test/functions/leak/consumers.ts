import { type Random, seededRandom } from "../../../sandbox/runtime/index.ts";
import { createConsumer } from "../rotation/consumers.ts";
import type { Town } from "./town.ts";
import type { Truth } from "./truth.ts";

export interface Consumers {
  calls: number;
  /** Calls that failed although the store gave out what opens the client. */
  readonly failures: string[];
}

const mostPauseMilliseconds = 600_000;

/** Consumers with the client kit, until that time. They are refused only where the store has nothing good for them. */
export const startConsumers = (town: Town, truth: Truth, random: Random, until: number): Consumers => {
  const { world } = town;
  const { clock, aws, genesys } = world;
  const seen: Consumers = { calls: 0, failures: [] };
  for (const id of town.rotatedIds) {
    const consumer = createConsumer({
      kind: "kit",
      clock,
      skewMilliseconds: 0,
      aws,
      genesys,
      secretArn: world.credential(id).secretArn,
      secretCacheSeconds: world.credential(id).secretCacheSeconds,
      random: seededRandom(Math.floor(random() * 1e9)),
      longestLatencyMilliseconds: 0,
    });
    const call = async (): Promise<void> => {
      const isServed = truth.isServed(id);
      const failure = await consumer.call();
      seen.calls += 1;
      if (failure !== undefined && isServed && truth.isServed(id)) seen.failures.push(`${id}: ${failure}`);
      const next = clock.now() + random() * mostPauseMilliseconds;
      if (next < until) clock.at(next, call);
    };
    clock.at(clock.now() + random() * mostPauseMilliseconds, call);
  }
  return seen;
};
