import { alarmsSince } from "../alarms.ts";
import { startConsumers } from "../consumers.ts";
import { currentClientId, generationsOf, rotatedCredentials, secretArnOf } from "../generations.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";

/** Their roles may list queues, which is what the consumers do. */
const used = ["crm-integration", "telephony-inventory", "platform-inventory"];

const minute = 60_000;
const day = 24 * 60 * minute;
/** A window of an hour after the seventh day, and the last phases of the old clients. */
const longest = 9 * day;

const hours = (milliseconds: number): string => `${(milliseconds / 3_600_000).toFixed(1)} h`;

interface Seen {
  promoted?: number;
  inactive?: number;
  gone?: number;
  most: number;
}

/**
 * How long the users of an old client may still come: what they keep of its secret, then a token's life, then what
 * their clocks may differ; less the two minutes between two looks.
 */
const drainOf = (world: DrillWorld, credentialId: string): number => {
  const client = world.genesys.world.clients.get(currentClientId(world, credentialId));
  return (900 + (client?.accessTokenValiditySeconds ?? 0) + 300) * 1000 - 2 * minute;
};

/** When the first of the secrets may be rotated, by its schedule. */
const firstRotation = (world: DrillWorld, credentialIds: readonly string[]): number => {
  const { store } = world.aws.cloud.region("us-east-1").secretsManager;
  const starts = credentialIds.map(
    (id) => store.find(secretArnOf(world, id)).nextWindow?.start ?? Number.NaN,
  );
  return Math.min(...starts);
};

/** Lets time pass until every old client is gone, looking every two minutes from the first rotation on. */
const watch = async (world: DrillWorld, old: ReadonlyMap<string, string>): Promise<Map<string, Seen>> => {
  const start = world.clock.now();
  const seen = new Map([...old.keys()].map((id): [string, Seen] => [id, { most: 0 }]));
  // Nothing happens in the first days but calls: one jump.
  await world.letPass(firstRotation(world, [...old.keys()]) - start);
  while (world.clock.now() - start < longest) {
    await world.letPass(2 * minute);
    const now = world.clock.now();
    for (const [id, clientId] of old) {
      const entry = seen.get(id) ?? { most: 0 };
      const there = generationsOf(world, id);
      const previous = there.find((generation) => generation.clientId === clientId);
      entry.most = Math.max(entry.most, there.length);
      if (currentClientId(world, id) !== clientId) entry.promoted ??= now;
      if (previous !== undefined && previous.state !== "active") entry.inactive ??= now;
      if (previous === undefined) entry.gone ??= now;
    }
    if ([...seen.values()].every(({ gone }) => gone !== undefined)) break;
  }
  return seen;
};

export const rotation: Step<DrillWorld> = {
  title: "seven days pass: every secret is rotated, while three integrations call the platform throughout",
  run: async (world) => {
    const { aws, clock } = world;
    const start = clock.now();
    const credentials = rotatedCredentials(world);
    const old = new Map(credentials.map((id) => [id, currentClientId(world, id)]));
    const before = credentials.reduce((sum, id) => sum + generationsOf(world, id).length, 0);
    expect(before === credentials.length, `${credentials.length} credentials had ${before} clients.`);
    const consumers = startConsumers(world, used);
    const seen = await watch(world, old);
    consumers.stop();
    for (const [id, { promoted, inactive, gone, most }] of seen) {
      const drain = drainOf(world, id);
      expect(promoted !== undefined, `${id} was not rotated.`, logged(world));
      expect(
        gone !== undefined && inactive !== undefined,
        `The old client of ${id} is still there.`,
        logged(world),
      );
      expect(
        inactive - promoted >= drain && gone >= inactive,
        `The old client of ${id} was taken away after ${hours(inactive - promoted)}, its users had ${hours(drain)}.`,
      );
      expect(most === 2, `${id} had ${most} clients at a time.`);
      expect(generationsOf(world, id).length === 1, `${id} was left with more than one client.`);
    }
    const failures = consumers.failures();
    expect(
      failures.length === 0,
      `${failures.length} calls of consumers failed.`,
      failures.slice(0, 5).join("\n"),
    );
    const rung = alarmsSince(world, start);
    expect(rung.length === 0, "An alarm rang.", `${rung.join("\n")}\n${logged(world)}`);
    const { promoted = 0, inactive = 0, gone = 0 } = seen.get("telephony-inventory") ?? {};
    const functions = Map.groupBy(aws.cloud.invocations, ({ name }) => name.split("-").at(-1));
    const calls = [...functions].map(([name, records]) => `${name} ${records.length}`).join(", ");
    return [
      `${consumers.calls()} calls by ${used.join(", ")}: none failed`,
      `${credentials.length} credentials, one client each before and after, two in between`,
      `telephony-inventory: new client after ${hours(promoted - start)}, the old one without tokens ${hours(inactive - promoted)} later, deleted after another ${hours(gone - inactive)}`,
      `functions called: ${calls}`,
      `${aws.cloud.measurements.all.length} measurements; no alarm`,
    ].join("\n");
  },
};

/** The last lines that the functions have logged as errors. */
export const logged = ({ aws }: DrillWorld): string =>
  aws.cloud.errors
    .slice(-5)
    .map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`)
    .join("\n");
