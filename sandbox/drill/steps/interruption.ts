import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { atOnce } from "./deploy.ts";

const added = ["billing-sync", "billing-export", "billing-audit"];

const clientsByName = ({ genesys }: DrillWorld): string[] =>
  genesys.world.clients
    .all()
    .filter(({ name, state }) => name.startsWith("Billing ") && state === "active")
    .map(({ name }) => name)
    .sort();

export const interruption: readonly Step<DrillWorld>[] = [
  {
    title: "guard up with three new clients: the platform creates one, and its answers are lost from then on",
    run: async (world) => {
      const { guard, genesys, stack } = world;
      stack.add(
        "clients",
        added.map((id) => ({
          id,
          name: id.replace(
            /(\w)(\w*)-(\w)/,
            (_, a: string, b: string, c: string) => `${a.toUpperCase()}${b} ${c.toUpperCase()}`,
          ),
          team: "finance",
          accessTokenValiditySeconds: 3600,
          roles: ["Reporting Reader"],
          allowedIps: ["egress:primary"],
        })),
      );
      const route = "/api/v2/oauth/clients";
      genesys.faults.add({ method: "POST", route, times: 1, fault: { kind: "dropAfter" } });
      genesys.faults.add({ method: "POST", route, fault: { kind: "dropBefore" } });
      // The run looks at the list once before it creates; what it would look for afterwards, it cannot see.
      genesys.faults.add({ method: "GET", route, skip: 1, fault: { kind: "dropBefore" } });
      const { exitCode, output } = await guard("up", ...atOnce);
      genesys.faults.clear();
      expect(exitCode === 1, "A broken deployment was reported as done.", output);
      const there = clientsByName(world);
      expect(there.length === 1, `One client was created unheard, not ${there.length}.`, output);
      return `exit code 1; ${there.join(", ")} exists, and its secret was lost with the answer`;
    },
  },
  {
    title:
      "guard up again: that client is recognised by its marker and given a new secret, the others follow",
    run: async (world) => {
      const { exitCode, output } = await world.guard("up", ...atOnce);
      expect(exitCode === 0, "The second deployment failed.", output);
      const there = clientsByName(world);
      expect(there.length === added.length, "A client is missing or doubled.", there.join("\n"));
      return `${there.join(", ")}: each once`;
    },
  },
];
