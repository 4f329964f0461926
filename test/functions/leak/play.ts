import { type OutsideCall, seededRandom } from "../../../sandbox/runtime/index.ts";
import {
  type Account,
  accountFor,
  heldAgain,
  orphans,
  repeatedFindings,
  repeatedMessages,
} from "./account.ts";
import { oneOf } from "./chance.ts";
import { type Consumers, startConsumers } from "./consumers.ts";
import type { naiveRevoker } from "./naive-revoker.ts";
import { push } from "./pushes.ts";
import { secretsFound } from "./secrecy.ts";
import { buildTown, rulesOf, type Town } from "./town.ts";
import { deliveryMishapOf, mishapOf, troubleOf } from "./trouble.ts";
import { Truth } from "./truth.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long things leak, and something goes wrong now and then. */
const busyMilliseconds = 6 * hour;
/** How long, without new trouble, everything may then take to be done. */
const calmMilliseconds = 3 * hour;

export interface Outcome extends Pick<Account, "alerts" | "ends"> {
  faults: readonly string[];
  kills: Truth["kills"];
  consumerCalls: number;
  /** Calls that something befell. */
  mishaps: number;
}

export interface PlayOptions {
  /** Pushes in the busy time. */
  pushes: number;
  /** Whether the cleaners are waited for. */
  isWatchedToTheEnd: boolean;
  /** In place of the functions: whom GitHub's webhooks reach. Tells of every client that it stops. */
  revoker?: typeof naiveRevoker;
}

/** A person decides on one of the cases that are held. */
const release = (town: Town, truth: Truth, random: () => number): void => {
  const held = truth.leaks.filter(({ alert }) => town.world.case(alert)?.action?.kind === "hold");
  const leaked = oneOf(random, held);
  if (leaked === undefined) return;
  const decision = random() < 0.7 ? "contain" : "dismiss";
  truth.released.set(leaked.secret, new Set(truth.released.get(leaked.secret)).add(decision));
  town.world.send({ ...leaked.alert, release: { decision, by: "security-lead" } });
};

const every = ({ world }: Town, name: string, seconds: () => number | undefined): void => {
  const call = (): void => {
    const pause = seconds();
    if (pause === undefined) return;
    world.runtime.invokeLater(name, {});
    world.clock.at(world.clock.now() + pause * 1000, call);
  };
  world.clock.at(world.clock.now() + world.clock.random() * 300_000, call);
};

/** Rotations beside those that are due. */
const rotateByHand = ({ world, rotatedIds }: Town, random: () => number): void => {
  const id = oneOf(random, rotatedIds) ?? "crm";
  try {
    world.aws.secretsManager.rotateSecret({
      SecretId: world.credential(id).secretArn,
      ClientRequestToken: `by-hand-${world.clock.now()}`.padEnd(36, "0"),
    });
  } catch {
    // One is running.
  }
};

export const play = async (seed: number, options: PlayOptions): Promise<Outcome> => {
  const random = seededRandom(seed);
  const rules = rulesOf(random);
  const trouble = troubleOf(random);
  let truth: Truth | undefined;
  let isBusy = true;
  let mishaps = 0;
  let reportMishaps = 0;
  const mishap = (call: OutsideCall) => {
    truth?.notes(call);
    const chosen = isBusy ? mishapOf(random, trouble, call) : undefined;
    if (chosen === undefined) return undefined;
    mishaps += 1;
    if (call.functionName === "report") reportMishaps += 1;
    return chosen;
  };
  const { revoker } = options;
  const town: Town = buildTown({
    seed,
    rules,
    mishap,
    ...(revoker === undefined
      ? {}
      : {
          deliver: revoker(
            () => town,
            (call) => truth?.notes(call),
          ),
        }),
  });
  const { world } = town;
  const { clock } = world;
  truth = new Truth(town, rules);
  const known = truth;
  world.latencyMilliseconds = trouble.latencyMilliseconds;
  world.github.world.setMishaps(() => (isBusy ? deliveryMishapOf(random, trouble) : undefined));

  const began = clock.now();
  const at = (run: () => unknown): unknown => clock.at(began + Math.floor(random() * busyMilliseconds), run);
  let isWatched = true;
  if (revoker === undefined) {
    every(town, "sweep", () => (isWatched ? (clock.now() < began + 9 * hour ? 300 : 6 * 3600) : undefined));
    every(town, "reconcile", () =>
      isWatched ? (clock.now() < began + 9 * hour ? 3600 : 6 * 3600) : undefined,
    );
  }
  for (let index = 0; index < options.pushes; index += 1) at(() => void push(random, town, known));
  for (let index = 0; index < 4; index += 1) {
    at(() => release(town, known, random));
    at(() => rotateByHand(town, random));
  }
  const consumers: Consumers = startConsumers(town, truth, random, began + 9 * hour);
  await clock.advanceTo(began + busyMilliseconds);
  isBusy = false;
  world.latencyMilliseconds = 0;
  await clock.advanceBy(calmMilliseconds);
  const { secretsManager } = world.aws;
  const isRotating = () => [...secretsManager.store.all].some(({ running }) => running !== undefined);
  while (isRotating()) await clock.advanceBy(10 * minute);
  for (const { secretArn } of world.rotation.credentials)
    secretsManager.cancelRotateSecret({ SecretId: secretArn });
  const { faults, ends, alerts } = accountFor(town, rules, truth);
  if (options.isWatchedToTheEnd) {
    // What nobody knows must be two days old before it is taken away, and a used client is waited for a day.
    await clock.advanceBy(5 * day);
    faults.push(...orphans(town, truth));
  }
  isWatched = false;
  // Who was told by a function that died before it could note that is told again, and who is told of a case anew.
  const excused = reportMishaps + heldAgain(town);
  for (const repeated of [repeatedMessages(town), repeatedFindings(town)])
    if (repeated.length > excused)
      faults.push(...repeated.map((text) => `said twice, ${excused} times excused: ${text.slice(0, 500)}`));
  const { siem, slack } = world;
  const tokens = [world.webhookSecret, slack.botToken, siem.token("splunk")];
  const encoded = truth.leaks.map(({ secret, ownerId }) =>
    Buffer.from(`${ownerId ?? ""}:${secret}`).toString("base64"),
  );
  const everySecret = [...truth.everSecrets.keys(), ...truth.leaks.map(({ secret }) => secret)];
  faults.push(...secretsFound(world, [...everySecret, ...tokens, ...encoded]));
  return {
    faults: [...truth.faults, ...faults, ...consumers.failures],
    ends,
    alerts,
    kills: truth.kills,
    consumerCalls: consumers.calls,
    mishaps,
  };
};
