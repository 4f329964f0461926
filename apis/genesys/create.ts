import { axiosConnection } from "../http/axios-connection.ts";
import type { GenesysApi } from "./api.ts";
import { type GenesysOptions, genesysApiOver } from "./api-over.ts";

export type { GenesysOptions } from "./api-over.ts";

/** A client of the platform API, over axios where its transport names no other connection. */
export const createGenesysApi = (options: GenesysOptions = {}): GenesysApi =>
  genesysApiOver(options.transport?.connect ?? axiosConnection, options);
