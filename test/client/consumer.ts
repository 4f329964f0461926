import {
  type AccessTokensOptions,
  type Credential,
  type CredentialProviderOptions,
  createFetch,
  credentialProvider,
} from "../../client/index.ts";
import { createGenesys } from "../../sandbox/genesys/organisation.ts";
import type { GenesysSwitches } from "../../sandbox/genesys/switches.ts";

/** A clock that moves when somebody sleeps, or a test says so. */
export const virtualClock = (start = Date.parse("2026-09-01T00:00:00Z")) => {
  let time = start;
  const pauses: number[] = [];
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
      time += milliseconds;
    },
    pass: (seconds: number) => {
      time += seconds * 1000;
    },
    pauses,
  };
};

/** A source whose content a test decides. */
export const scriptedSource = (credential?: Credential) => {
  const state = {
    credential,
    error: undefined as Error | undefined,
    fetches: 0,
    /** What a fetch does after it has read the credential. */
    beforeAnswer: undefined as (() => Promise<void>) | undefined,
    fetch: async (): Promise<Credential> => {
      state.fetches += 1;
      const { error, credential, beforeAnswer } = state;
      await beforeAnswer?.();
      if (error !== undefined) throw error;
      if (credential === undefined) throw new Error("The source was given no credential.");
      return credential;
    },
  };
  return state;
};

const path = "/api/v2/organizations/me";

interface ConsumerOptions extends Partial<Omit<AccessTokensOptions, "provider">> {
  provider?: Partial<CredentialProviderOptions>;
}

/** A simulated organisation on a virtual clock, and what a team makes of the kit. */
export const openWorld = (switches: Partial<GenesysSwitches> = {}) => {
  const clock = virtualClock();
  const organisation = createGenesys({
    clock: clock.now,
    rateLimitPerMinute: "off",
    tokenRequestsPerMinute: "off",
    switches,
  });
  const { world, calls } = organisation;

  const newCredential = (accessTokenValiditySeconds = 3_600): Credential => {
    const { id, secret } = world.addClient({ name: "crm", accessTokenValiditySeconds });
    return { clientId: id, clientSecret: secret, region: "us-east-1" };
  };

  const source = scriptedSource(newCredential());
  const problems: unknown[] = [];
  const onProblem = (error: unknown) => {
    problems.push(error);
  };
  const random = () => 0.5;

  return {
    ...organisation,
    clock,
    source,
    problems,
    newCredential,
    /** The network, where some requests meet another answer; `undefined` lets them pass. */
    intercepted:
      (answer: (request: Request) => Promise<Response | undefined>): typeof fetch =>
      async (input, init) => {
        const request = new Request(input, init);
        return (await answer(request.clone() as Request)) ?? organisation.fetch(request);
      },
    /** Token requests so far. */
    logins: () => calls.count("POST /oauth/token"),
    /** Calls so far of the path that consumers call. */
    apiCalls: () => calls.count(`GET ${path}`),
    /** A process of the team's. */
    consumer: ({ provider: overrides = {}, ...options }: ConsumerOptions = {}) => {
      const provider = credentialProvider({ source, clock, random, onProblem, ...overrides });
      const fetch = createFetch({
        provider,
        clock,
        random,
        onProblem,
        fetch: organisation.fetch,
        ...options,
      });
      return { provider, fetch, call: async () => (await fetch(path)).status };
    },
    /** The store has a new credential, while the platform knows both. */
    rotate: (accessTokenValiditySeconds?: number): { old: Credential; next: Credential } => {
      const old = source.credential ?? newCredential();
      const next = newCredential(accessTokenValiditySeconds);
      source.credential = next;
      return { old, next };
    },
    /** Neither the client's secret nor its tokens are good any more. */
    disable: ({ clientId }: Credential) => {
      world.clients.edit(clientId, { state: "disabled" });
    },
  };
};
