import { alarmsSince } from "../alarms.ts";
import { startConsumers } from "../consumers.ts";
import { currentClientId, generationsOf } from "../generations.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { logged } from "./rotation.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Asks for a rotation out of turn, as an analyst does: with a message to the stack's queue. */
const askFor = ({ aws }: DrillWorld, credentialId: string, reason: string): void => {
  const queues = [...aws.cloud.region("us-east-1").queues.values()];
  const queue = queues.find(({ name }) => name.includes("emergenc") && !name.includes("dead-letter"));
  expect(queue !== undefined, "The stack has no queue for emergencies.");
  queue.send({
    body: JSON.stringify({ credentialId, reason }),
    groupId: credentialId,
    deduplicationId: `${credentialId}-${reason}`,
  });
};

export const emergency: readonly Step<DrillWorld>[] = [
  {
    title: "an analyst has one credential replaced at once; its users notice nothing",
    run: async (world) => {
      const id = "crm-integration";
      const before = currentClientId(world, id);
      const consumers = startConsumers(world, [id]);
      await world.letPass(30 * minute);
      askFor(world, id, "suspected");
      const asked = world.clock.now();
      let took = 0;
      while (currentClientId(world, id) === before && took < 30 * minute) {
        await world.letPass(minute);
        took = world.clock.now() - asked;
      }
      const after = currentClientId(world, id);
      expect(after !== before, "The credential was not replaced within half an hour.", logged(world));
      await world.letPass(2 * day);
      consumers.stop();
      const left = generationsOf(world, id).map(({ clientId }) => clientId);
      expect(left.length === 1 && left[0] === after, "The old client is still there.", logged(world));
      const failures = consumers.failures();
      expect(failures.length === 0, `${failures.length} calls failed.`, failures.slice(0, 5).join("\n"));
      return `replaced after ${Math.max(1, Math.ceil(took / minute))} min; ${consumers.calls()} calls meanwhile, none failed; the old client is gone`;
    },
  },
  {
    title:
      "the function dies right after the platform has made a client; the next attempt takes that client over",
    run: async (world) => {
      const id = "telephony-inventory";
      const { aws, clock, genesys } = world;
      const start = clock.now();
      const before = currentClientId(world, id);
      const clients = genesys.world.clients.all().length;
      const consumers = startConsumers(world, [id]);
      let deaths = 0;
      aws.cloud.mishaps.mishap = ({ port, operation }) => {
        if (deaths > 0 || port !== "platform" || operation !== "POST /api/v2/oauth/clients") return undefined;
        deaths += 1;
        return { kind: "crashAfter" };
      };
      askFor(world, id, "drill");
      await world.letPass(minute / 2);
      aws.cloud.mishaps.mishap = () => undefined;
      expect(deaths === 1, "The function did not die.", logged(world));
      const [, unheard] = generationsOf(world, id);
      expect(unheard !== undefined, "The platform has made no client before the crash.");
      expect(currentClientId(world, id) === before, "A client became current whose secret nobody has.");
      await world.letPass(2 * 60 * minute);
      expect(
        currentClientId(world, id) === unheard.clientId,
        "The next attempt did not take over the client that was made.",
        logged(world),
      );
      await world.letPass(2 * day);
      consumers.stop();
      expect(
        generationsOf(world, id).length === 1 && genesys.world.clients.all().length === clients,
        "A client was left behind.",
        logged(world),
      );
      const failures = consumers.failures();
      expect(failures.length === 0, `${failures.length} calls failed.`, failures.slice(0, 5).join("\n"));
      const rung = alarmsSince(world, start);
      expect(rung.includes("rotate-errors"), "No alarm rang over the crash.", rung.join("\n"));
      return [
        `one client made, unheard of, then given a new secret and promoted; no orphan; ${consumers.calls()} calls, none failed`,
        `alarms: ${rung.join(", ")}`,
      ].join("\n");
    },
  },
];
