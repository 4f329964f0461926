import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { atOnce } from "./deploy.ts";

const name = "CRM Integration";

const lifetime = ({ genesys }: DrillWorld): number | undefined =>
  genesys.world.clients.find((client) => client.name === name)?.accessTokenValiditySeconds;

export const drift: readonly Step<DrillWorld>[] = [
  {
    title: `someone raises the token lifetime of ${name} to 48 hours by hand; guard refresh finds it`,
    run: async (world) => {
      const { genesys, guard } = world;
      const client = genesys.world.clients.find((each) => each.name === name);
      expect(client !== undefined, `${name} is missing.`);
      genesys.world.clients.edit(client.id, { accessTokenValiditySeconds: 172_800 });
      genesys.calls.reset();
      const { exitCode, output } = await guard("refresh", "--skip-preview");
      expect(exitCode === 0, "The refresh failed.", output);
      expect(/accessTokenValiditySeconds/.test(output), "The refresh did not show the change.", output);
      return `found, with ${genesys.calls.count()} calls for the whole organisation`;
    },
  },
  {
    title: "guard up: the change by hand is put back",
    run: async (world) => {
      const { genesys, guard } = world;
      genesys.calls.reset();
      const { exitCode, output } = await guard("up", ...atOnce);
      expect(exitCode === 0, "The repair failed.", output);
      expect(lifetime(world) === 3600, `The lifetime is ${lifetime(world)}.`, output);
      const writes = genesys.calls.count("PUT /api/v2/oauth/clients/{clientId}");
      expect(writes === 1, `${writes} clients were written.`);
      return "3,600 seconds again, one client written";
    },
  },
];
