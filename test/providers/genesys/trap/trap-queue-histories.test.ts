import fc from "fast-check";
import {
  createTrapQueueProvider,
  type TrapQueueInputs,
  type TrapQueueOutputs,
} from "../../../../providers/genesys/trap/trap-queue-provider.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

const declarations = fc.record(
  {
    name: fc.constantFrom("Payments (old)", "Escalation 2021", "Migration"),
    description: fc.constantFrom("Kept for the migration", "Do not use"),
    division: fc.constantFrom("Home", "Claims"),
  },
  { requiredKeys: ["name"] },
) as fc.Arbitrary<TrapQueueInputs>;

const start = async (): Promise<World<TrapQueueInputs, TrapQueueOutputs>> => {
  const { world, faults, session, close } = await startOrganisation({ divisions: ["Claims"] });
  const others = new Set(world.queues.all().map(({ id }) => id));
  let made = 0;
  return {
    faults,
    close,
    host: () => {
      const shared = session();
      return createTrapQueueProvider(() => shared);
    },
    drift: (id, choice) => {
      if (!world.queues.has(id)) return;
      const claims = world.divisions.find(({ name }) => name === "Claims")?.id ?? "";
      const drifts: (() => unknown)[] = [
        () => world.queues.remove(id),
        () => world.queues.edit(id, { name: `Renamed ${choice} ${id}` }),
        () => world.queues.edit(id, { description: "Edited by hand" }),
        () => world.queues.edit(id, { divisionId: claims }),
      ];
      drifts[choice % drifts.length]?.();
    },
    existing: (inputs) => {
      made += 1;
      const name = `By hand ${made}`;
      const { id } = world.addQueue({ name });
      return { id, inputs: { ...inputs, name, adoptId: id } };
    },
    actual: (id) => {
      const queue = world.queues.get(id);
      if (queue === undefined) return undefined;
      const { name, description, divisionId } = queue;
      return { queueId: id, name, divisionId, ...(description ? { description } : {}) };
    },
    living: () =>
      world.queues
        .all()
        .map(({ id }) => id)
        .filter((id) => !others.has(id)),
  };
};

proveHistories("whatever happens to a trap queue, one deployment puts it right", { declarations, start });
