/**
 * What the shims load in the engine's host process: one provider for each type of resource. Nothing here makes a
 * call or reads the environment until a provider has to.
 */
import { createGenesysApi } from "../apis/genesys/create.ts";
import { createDecoyClientProvider } from "./genesys/decoy-client-provider.ts";
import { createOauthClientProvider } from "./genesys/oauth-client-provider.ts";
import { createRoleProvider } from "./genesys/role-provider.ts";
import { createSession, type Session } from "./genesys/session.ts";

let opened: Session | undefined;
const genesys = (): Session => {
  opened ??= createSession(createGenesysApi());
  return opened;
};

export const oauthClient = createOauthClientProvider(genesys);
export const decoyClient = createDecoyClientProvider(genesys);
export const role = createRoleProvider(genesys);
