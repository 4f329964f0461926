import type { Call } from "../http/call.ts";
import { type ConnectedTransport, createHttpClient } from "../http/client.ts";
import { InvalidCredentialsError, PlatformError } from "../http/errors.ts";
import { apiDialect } from "./api-dialect.ts";
import { loginDialect } from "./login-dialect.ts";
import { type GenesysSettings, serviceName } from "./settings.ts";
import { createSharedToken, type Token } from "./shared-token.ts";

/** Makes authenticated calls of the platform API. */
export interface Session {
  /** The answer's body. */
  call<T>(call: Call): Promise<T>;
  /** Obtains a token and keeps it. */
  login(): Promise<void>;
  /** Id of the OAuth client that the calls are made with. */
  callerId(): string;
}

const tokenCall = { method: "POST", route: "/oauth/token" } as const;

const requestToken = (
  { clientId, clientSecret, loginUrl }: GenesysSettings,
  transport: ConnectedTransport,
): (() => Promise<Token>) => {
  // A client of its own: calls that wait for a token must not keep it from being asked for.
  const login = createHttpClient(loginDialect, loginUrl, { ...transport, concurrency: 1 });
  const basic = () => Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString("base64");
  const object = `OAuth client ${clientId}, with which this program logs in`;
  return async () => {
    const { body, status } = await login.send({
      ...tokenCall,
      object,
      form: { grant_type: "client_credentials" },
      headers: async () => ({ authorization: `Basic ${basic()}` }),
      // A token more changes nothing for anybody.
      effect: "none",
    });
    const { access_token: value, expires_in: expiresInSeconds } = (body ?? {}) as Record<string, unknown>;
    if (typeof value !== "string" || typeof expiresInSeconds !== "number") {
      const platformMessage = "no access_token and expires_in in the answer";
      throw new PlatformError({ ...tokenCall, service: serviceName, object, status, platformMessage });
    }
    return { value, expiresInSeconds };
  };
};

export const createSession = (settings: GenesysSettings, transport: ConnectedTransport): Session => {
  const api = createHttpClient(apiDialect, settings.apiUrl, transport);
  const token = createSharedToken(requestToken(settings, transport), transport.now ?? Date.now);

  // The same for all calls with the same token.
  let bearer = { token: "", headers: { authorization: "" } };

  return {
    callerId: () => settings.clientId,
    login: async () => {
      await token.get();
    },
    call: async <T>(call: Call): Promise<T> => {
      let used = "";
      const headers = async () => {
        used = await token.get();
        if (used !== bearer.token) bearer = { token: used, headers: { authorization: `Bearer ${used}` } };
        return bearer.headers;
      };
      const send = async () => (await api.send({ ...call, headers })).body as T;
      try {
        return await send();
      } catch (error) {
        // Without a token it was the login that was refused, and that is final.
        if (!(error instanceof InvalidCredentialsError) || used === "") throw error;
        token.discard(used);
        return send();
      }
    },
  };
};
