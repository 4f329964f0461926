import { setTimeout as sleepFor } from "node:timers/promises";
import type { Call } from "../http/call.ts";
import { type ConnectedTransport, createHttpClient, type HttpClient } from "../http/client.ts";
import { InvalidCredentialsError } from "../http/errors.ts";
import type { AppCredentials } from "./app-credentials.ts";
import { appDialect, tokenRoute } from "./app-dialect.ts";
import { appToken } from "./app-token.ts";
import { incomplete } from "./incomplete.ts";
import { requestHeaders } from "./request-headers.ts";
import type { Session } from "./session.ts";

/** By the name of `app-permissions`. https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/**
 * A new token can meet a server that does not know it yet.
 * https://github.com/octokit/auth-app.js/blob/main/src/hook.ts
 */
const newMilliseconds = 5_000;
const pauseMilliseconds = 1_000;

/** Obtains installation tokens. */
export class Installation {
  readonly #http: HttpClient;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #credentials: (how?: { fresh: boolean }) => Promise<AppCredentials>;

  constructor(
    apiUrl: string,
    transport: ConnectedTransport,
    credentials: (how?: { fresh: boolean }) => Promise<AppCredentials>,
  ) {
    this.#http = createHttpClient(appDialect, apiUrl, transport);
    this.#now = transport.now ?? Date.now;
    this.#sleep = transport.sleep ?? sleepFor;
    this.#credentials = credentials;
  }

  /** A session with these permissions, and a token for an hour. */
  async session(permissions: Permissions): Promise<Session> {
    const token = await this.#mint(permissions);
    const mintedAt = this.#now();
    const call: Session["call"] = async (wanted) => {
      for (let waited = 0; ; waited += pauseMilliseconds) {
        try {
          return await this.#http.send({ ...wanted, headers: async () => requestHeaders(token, wanted) });
        } catch (error) {
          const isNew = this.#now() - mintedAt < newMilliseconds && waited < newMilliseconds;
          if (!(error instanceof InvalidCredentialsError && isNew)) throw error;
          await this.#sleep(pauseMilliseconds);
        }
      }
    };
    return { call };
  }

  async #mint(permissions: Permissions): Promise<string> {
    try {
      return await this.#mintWith(await this.#credentials(), permissions);
    } catch (error) {
      if (!(error instanceof InvalidCredentialsError)) throw error;
      // The key may have been replaced since it was read.
      return this.#mintWith(await this.#credentials({ fresh: true }), permissions);
    }
  }

  async #mintWith(credentials: AppCredentials, permissions: Permissions): Promise<string> {
    const call: Call = {
      method: "POST",
      route: tokenRoute,
      params: { installation_id: credentials.installationId },
      object: `installation ${credentials.installationId} of the GitHub App ${credentials.appId}`,
      body: { permissions },
      headers: async () => requestHeaders(appToken(credentials, this.#now()), {}),
      // A token more changes nothing for anybody.
      effect: "none",
    };
    const { token } = ((await this.#http.send(call)).body ?? {}) as { token?: unknown };
    if (typeof token !== "string") throw incomplete(call, "token");
    return token;
  }
}
