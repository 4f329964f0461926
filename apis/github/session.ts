import { axiosConnection } from "../http/axios-connection.ts";
import type { Answer, Call } from "../http/call.ts";
import { createHttpClient, type Transport } from "../http/client.ts";
import { githubDialect } from "./dialect.ts";
import { requestHeaders } from "./request-headers.ts";
import type { GithubSettings } from "./settings.ts";

/** Makes authenticated calls of the REST API. */
export interface Session {
  call(call: Call): Promise<Answer>;
}

export const createSession = ({ apiUrl, token }: GithubSettings, transport: Transport): Session => {
  // GitHub asks for one call after the other; more at once meet its secondary rate limits.
  const settings = { concurrency: 1, connect: axiosConnection, ...transport };
  const http = createHttpClient(githubDialect, apiUrl, settings);
  return {
    call: (call) => http.send({ ...call, headers: async () => requestHeaders(token.reveal(), call) }),
  };
};
