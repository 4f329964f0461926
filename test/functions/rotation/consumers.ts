import { type CredentialSource, createFetch, credentialProvider } from "../../../client/index.ts";
import { parseSecretValue } from "../../../core/rotation/secret-value.ts";
import type { MemoryAws } from "../../../sandbox/aws/memory.ts";
import type { GenesysOrganisation } from "../../../sandbox/genesys/index.ts";
import type { Random, VirtualClock } from "../../../sandbox/runtime/index.ts";

/**
 * Who uses a rotated credential.
 *
 * - `kit`: with our client kit, which looks again and tries once more when it is refused.
 * - `guide`: keeps the secret for its cache time; on a 401 it reads the secret again and tries once more. A refused
 *   token request is a 400, which it does not expect.
 * - `plain`: keeps the secret for its cache time and every token to the last moment at which a call of it arrives while
 *   the token lives; never tries again.
 */
export const consumerKinds = ["kit", "guide", "plain"] as const;
export type ConsumerKind = (typeof consumerKinds)[number];

export interface ConsumerOptions {
  kind: ConsumerKind;
  clock: VirtualClock;
  /** How far its clock is ahead of the world's. */
  skewMilliseconds: number;
  aws: MemoryAws;
  genesys: GenesysOrganisation;
  secretArn: string;
  secretCacheSeconds: number;
  random: Random;
  /** How long a call of it takes at most until it arrives, and as long again until it is answered. */
  longestLatencyMilliseconds: number;
}

/** One process of a consumer. */
export interface Consumer {
  kind: ConsumerKind;
  /** Makes a call of the API. Undefined where it succeeds, else what went wrong. */
  call(): Promise<string | undefined>;
  /** Reads the secret, if it is not known, and does nothing with it yet. */
  read(): Promise<void>;
}

const url = "https://api.mypurecloud.com/api/v2/organizations/me";
const loginUrl = "https://login.mypurecloud.com/oauth/token";

export const createConsumer = (options: ConsumerOptions): Consumer => {
  const { kind, clock: world, aws, genesys, secretArn, random, longestLatencyMilliseconds } = options;
  const clock = { now: () => world.now() + options.skewMilliseconds, sleep: world.sleep };
  const pass = async (): Promise<void> => {
    if (longestLatencyMilliseconds > 0) await world.sleep(random() * longestLatencyMilliseconds);
  };
  const source: CredentialSource = {
    fetch: async () => {
      await pass();
      const { NextRotationDate } = aws.secretsManager.describeSecret({ SecretId: secretArn });
      const { SecretString = "" } = aws.secretsManager.getSecretValue({ SecretId: secretArn });
      await pass();
      const value = parseSecretValue(SecretString);
      if (value === undefined) throw new Error(`${secretArn} has no usable value`);
      return NextRotationDate === undefined
        ? value
        : { ...value, nextRotationAt: NextRotationDate.getTime() };
    },
  };
  const slowFetch: typeof fetch = async (input, init) => {
    await pass();
    const response = await genesys.fetch(input, init);
    await pass();
    return response;
  };
  const { secretCacheSeconds } = options;
  const shared = { source, clock, fetch: slowFetch, random, secretCacheSeconds, longestLatencyMilliseconds };
  const { call, read } = kind === "kit" ? withKit(shared) : withoutKit(shared, kind === "guide");
  return {
    kind,
    read: async () => {
      await read();
    },
    call: async () => {
      try {
        const { status } = await call();
        return status === 200 ? undefined : `HTTP ${status}`;
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      }
    },
  };
};

interface Shared {
  source: CredentialSource;
  clock: { now(): number; sleep(milliseconds: number): Promise<void> };
  fetch: typeof fetch;
  random: Random;
  secretCacheSeconds: number;
  longestLatencyMilliseconds: number;
}

const withKit = ({ source, clock, fetch, random, secretCacheSeconds }: Shared) => {
  const provider = credentialProvider({ source, maxAgeSeconds: secretCacheSeconds, clock, random });
  const genesysFetch = createFetch({ provider, fetch, clock, random });
  return { call: () => genesysFetch(url), read: () => provider.get() };
};

const withoutKit = (
  { source, clock, fetch, secretCacheSeconds, longestLatencyMilliseconds }: Shared,
  triesAgain: boolean,
) => {
  let secret: { value: Awaited<ReturnType<CredentialSource["fetch"]>>; until: number } | undefined;
  let token: { value: string; until: number } | undefined;
  const read = async () => {
    if (secret === undefined || clock.now() >= secret.until) {
      const askedAt = clock.now();
      secret = { value: await source.fetch(), until: askedAt + secretCacheSeconds * 1000 };
    }
    return secret.value;
  };
  const login = async (): Promise<string> => {
    if (token !== undefined && clock.now() < token.until) return token.value;
    const { clientId, clientSecret } = await read();
    const askedAt = clock.now();
    const response = await fetch(loginUrl, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const body = (await response.json()) as { access_token: string; expires_in: number; error?: string };
    if (response.status !== 200) throw new Error(`${body.error ?? "no"} token: HTTP ${response.status}`);
    token = {
      value: body.access_token,
      until: askedAt + body.expires_in * 1000 - longestLatencyMilliseconds,
    };
    return token.value;
  };
  const once = async (): Promise<Response> =>
    fetch(url, { headers: { authorization: `Bearer ${await login()}` } });
  const call = async (): Promise<Response> => {
    const response = await once();
    if (response.status !== 401 || !triesAgain) return response;
    secret = undefined;
    token = undefined;
    return once();
  };
  return { call, read };
};
