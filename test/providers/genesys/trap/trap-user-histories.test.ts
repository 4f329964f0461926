import fc from "fast-check";
import {
  createTrapUserProvider,
  type TrapUserInputs,
  type TrapUserOutputs,
} from "../../../../providers/genesys/trap/trap-user-provider.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

/** The address says which user it is, so a rename is one of the display name; unit tests change the address. */
const declarations = fc.record(
  {
    name: fc.constantFrom("System Backup", "Backup Service", "Batch Import"),
    email: fc.constant("system.backup@example.com"),
    department: fc.constantFrom("IT", "Operations"),
    title: fc.constantFrom("Service Account", "Robot"),
    state: fc.constantFrom("active", "inactive"),
  },
  { requiredKeys: ["name", "email"] },
) as fc.Arbitrary<TrapUserInputs>;

const start = async (): Promise<World<TrapUserInputs, TrapUserOutputs>> => {
  const { world, faults, session, close } = await startOrganisation();
  const others = new Set(world.users.all().map(({ id }) => id));
  let made = 0;
  return {
    faults,
    close,
    host: () => {
      const shared = session();
      return createTrapUserProvider(() => shared);
    },
    drift: (id, choice) => {
      if (world.users.get(id) === undefined) return;
      const drifts: (() => unknown)[] = [
        () => world.users.edit(id, { state: "deleted" }),
        () => world.users.edit(id, { state: "inactive" }),
        () => world.users.edit(id, { name: `Renamed ${choice}` }),
        () => world.users.edit(id, { title: "Edited by hand" }),
        () => world.users.edit(id, { email: `moved.${choice}.${world.users.size}@example.com` }),
      ];
      drifts[choice % drifts.length]?.();
    },
    existing: (inputs) => {
      made += 1;
      const email = `by.hand.${made}@example.com`;
      const { id } = world.addUser({ name: "By hand", email });
      return { id, inputs: { ...inputs, email, adoptId: id } };
    },
    actual: (id) => {
      const user = world.users.get(id);
      if (user === undefined || user.state === "deleted") return undefined;
      const { name, email, department, title, state, divisionId } = user;
      return {
        userId: id,
        name,
        email,
        state,
        divisionId,
        ...(department ? { department } : {}),
        ...(title ? { title } : {}),
      };
    },
    living: () =>
      world.users
        .all()
        .filter(({ id, state }) => state !== "deleted" && !others.has(id))
        .map(({ id }) => id),
  };
};

proveHistories("whatever happens to a trap user, one deployment puts it right", { declarations, start });
