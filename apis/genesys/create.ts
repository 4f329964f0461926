import { axiosConnection } from "../http/axios-connection.ts";
import type { GenesysApi } from "./api.ts";
import { genesysApiOver } from "./api-over.ts";
import type { GenesysOptions } from "./open-session.ts";

export type { GenesysOptions } from "./open-session.ts";

/** A client of the platform API, over axios where its transport names no other connection. */
export const createGenesysApi = (options: GenesysOptions = {}): GenesysApi =>
  genesysApiOver(options.transport?.connect ?? axiosConnection, options);
