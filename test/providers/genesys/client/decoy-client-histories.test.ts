import fc from "fast-check";
import {
  createDecoyClientProvider,
  type DecoyClientInputs,
} from "../../../../providers/genesys/client/decoy-client-provider.ts";
import { proveHistories } from "../../histories/history.ts";
import { rights, startClients } from "./client-histories.ts";

const declarations = fc
  .tuple(
    rights,
    fc.record(
      {
        owner: fc.constant("guard:acme/credentials/prod/legacy-crm~0a1b2c3d"),
        name: fc.constantFrom("Legacy CRM Sync", "Nightly Export"),
        description: fc.constantFrom("Copies contacts", "Copies contacts at night"),
        accessTokenValiditySeconds: fc.constantFrom(300, 3600),
        secretGeneration: fc.nat({ max: 2 }),
      },
      { requiredKeys: ["owner", "name"] },
    ),
  )
  .map(([a, b]) => ({ ...a, ...b })) as unknown as fc.Arbitrary<DecoyClientInputs>;

proveHistories("whatever happens to a decoy, one deployment puts it right", {
  declarations,
  start: () => startClients(createDecoyClientProvider),
});
