import type { Connect } from "../http/connection.ts";
import type { RotationApi } from "./api.ts";
import { divisions } from "./divisions.ts";
import { oauthClients } from "./oauth-clients.ts";
import { type GenesysOptions, openSession } from "./open-session.ts";
import { organization } from "./organization.ts";
import { roles } from "./roles.ts";
import type { Session } from "./session.ts";

export const rotationApi = (session: Session): RotationApi => ({
  session: { login: session.login },
  oauthClients: oauthClients(session),
  roles: roles(session),
  divisions: divisions(session),
  organization: organization(session),
});

/** That part of the platform API alone, for bundles that must be small; otherwise as `genesysApiOver`. */
export const rotationApiOver = (connect: Connect, options: GenesysOptions = {}): RotationApi =>
  rotationApi(openSession(connect, options));
