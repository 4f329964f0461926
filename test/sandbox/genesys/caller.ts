import type { Models } from "purecloud-platform-client-v2";
import { type GenesysOptions, type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export interface Login {
  clientId: string;
  clientSecret: string;
}

/** What the token endpoint says. */
export interface TokenBody {
  access_token: string;
  token_type: string;
  expires_in: number;
  error?: string;
  error_description?: string;
}

let running: GenesysSimulator[] = [];

export const stopSimulators = async (): Promise<void> => {
  await Promise.all(running.map((simulator) => simulator.close()));
  running = [];
};

/** The time of a test, which moves only when told. */
export class TestClock {
  now = Date.UTC(2026, 10, 2, 9);
  pass(seconds: number): void {
    this.now += seconds * 1000;
  }
}

export const clientsPath = "/api/v2/oauth/clients";
export const daySeconds = 24 * 3600;

/** A simulator, a clock, and the deploy client logged in; no code of ours lies between the test and the wire. */
export const startCaller = async (options: GenesysOptions = {}) => {
  const clock = new TestClock();
  const genesys = await startGenesys({ clock: () => clock.now, rateLimitPerMinute: "off", ...options });
  running.push(genesys);

  const send = async <T>(
    token: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(genesys.url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        "content-type": "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === "" ? undefined : JSON.parse(text)) as T,
      headers: response.headers,
    };
  };

  const requestToken = async (
    { clientId, clientSecret }: Login,
    headers: Record<string, string> = {},
    form = "grant_type=client_credentials",
  ): Promise<Answer<TokenBody>> => {
    const response = await fetch(`${genesys.url}/oauth/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
      body: form,
    });
    return {
      status: response.status,
      body: (await response.json()) as TokenBody,
      headers: response.headers,
    };
  };

  /** A token for a client that the world has. */
  const tokenOf = async (clientId: string): Promise<string> => {
    const clientSecret = genesys.world.clients.get(clientId)?.secret ?? "";
    const { status, body } = await requestToken({ clientId, clientSecret });
    if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
    return body.access_token;
  };

  let token = await tokenOf(genesys.credentials.clientId);
  /** A call of the deploy client, which logs in again when its token has expired. */
  const call = async <T = Models.ErrorBody>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>> => {
    const expiresAt = genesys.world.tokens.get(token)?.expiresAt ?? 0;
    if (expiresAt <= clock.now) token = await tokenOf(genesys.credentials.clientId);
    return send<T>(token, method, path, body, headers);
  };

  /** A role that the deploy client holds. */
  const heldRole = (): string => genesys.world.roleNamed("Supervisor")?.id ?? "";
  const clientBody = (fields: object = {}): Models.OAuthClientRequest => ({
    name: "CRM Sync",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    roleDivisions: [{ roleId: heldRole(), divisionId: "*" }],
    ...fields,
  });
  const createClient = async (
    fields: object = {},
  ): Promise<Models.OAuthClient & Required<Pick<Models.OAuthClient, "id" | "secret">>> => {
    const answer = await call<Models.OAuthClient>("POST", clientsPath, clientBody(fields));
    const { id, secret } = answer.body;
    if (id === undefined || secret === undefined) throw new Error(JSON.stringify(answer.body));
    return { ...answer.body, id, secret };
  };
  /** A client that holds only these permissions, and its token. */
  const loginWith = async (...permissions: string[]): Promise<{ id: string; token: string }> => {
    const { world } = genesys;
    const policies = permissions.map((permission) => {
      const [domain = "", entityName = "", action = ""] = permission.split(":");
      return { domain, entityName, actionSet: [action] };
    });
    const role = world.addRole(`only ${permissions.join(" ")}`, policies);
    const client = world.addClient({ name: "narrow", grants: [world.grant(role.id, "*")] });
    return { id: client.id, token: await tokenOf(client.id) };
  };

  return {
    genesys,
    world: genesys.world,
    clock,
    call,
    send,
    requestToken,
    tokenOf,
    loginWith,
    heldRole,
    clientBody,
    createClient,
  };
};

export type Caller = Awaited<ReturnType<typeof startCaller>>;
