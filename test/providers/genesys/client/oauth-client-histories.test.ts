import fc from "fast-check";
import {
  createOauthClientProvider,
  type OauthClientInputs,
} from "../../../../providers/genesys/client/oauth-client-provider.ts";
import { proveHistories } from "../../histories/history.ts";
import { rights, startClients } from "./client-histories.ts";

const declarations = fc
  .tuple(
    rights,
    fc.record(
      {
        owner: fc.constant("guard:acme/credentials/prod/crm~0a1b2c3d"),
        name: fc.constantFrom("CRM Integration", "CRM Sync"),
        description: fc.constantFrom("Reads queues", "Reads queues and users"),
        accessTokenValiditySeconds: fc.constantFrom(300, 3600, 86_400),
        state: fc.constantFrom("active" as const, "active" as const, "inactive" as const),
        allowedIps: fc.constantFrom(["52.204.1.0/24"], ["52.204.1.7", "egress:primary"]),
        secretGeneration: fc.nat({ max: 2 }),
      },
      { requiredKeys: ["owner", "name"] },
    ),
  )
  .map(([a, b]) => ({ ...a, ...b })) as unknown as fc.Arbitrary<OauthClientInputs>;

proveHistories("whatever happens to an OAuth client, one deployment puts it right", {
  declarations,
  start: () => startClients(createOauthClientProvider),
});

proveHistories("so it does where what the platform shows lags behind what it has", {
  declarations,
  start: () => startClients(createOauthClientProvider, { lag: { lists: 2, gets: 2 } }),
});
