import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import {
  type AccessTokensOptions,
  accessTokens,
  CredentialError,
  InvalidClientError,
  InvalidSecretValueError,
  LoginRefusedError,
  LoginUnavailableError,
  TokenRateLimitedError,
} from "../../client/index.ts";
import { openWorld } from "./consumer.ts";

const setUp = (options: Partial<AccessTokensOptions> = {}) => {
  const world = openWorld();
  const { provider } = world.consumer();
  const tokens = accessTokens({
    provider,
    clock: world.clock,
    random: () => 0.5,
    fetch: world.fetch,
    onProblem: (error) => world.problems.push(error),
    ...options,
  });
  return { ...world, provider, tokens };
};

const failing = async (work: Promise<unknown>): Promise<CredentialError> =>
  work.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error) => error,
  );

/** A world whose token endpoint answers as scripted; the last answer for ever. */
const scripted = (...answers: (Response | "dropped" | "real")[]) => {
  const world = openWorld();
  let count = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = answers[Math.min(count, answers.length - 1)] ?? "real";
    count += 1;
    if (answer === "dropped") throw new TypeError("fetch failed");
    return answer === "real" ? world.fetch(input, init) : answer.clone();
  };
  const { provider } = world.consumer();
  const tokens = accessTokens({
    provider,
    clock: world.clock,
    random: () => 0.5,
    fetch,
    onProblem: (error) => world.problems.push(error),
  });
  return { ...world, tokens, asked: () => count };
};
const refusal = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

test("a token is good at its region's host, for as long as the platform says", async () => {
  const { tokens, clock, world, source } = setUp();
  const token = await tokens.get();
  expect(token.apiUrl).toBe("https://api.mypurecloud.com");
  expect(token.expiresAt).toBe(clock.now() + 3_599_000);
  expect(world.tokens.get(token.value)?.clientId).toBe(source.credential?.clientId);
});

test("a token does not show the credential that it comes from", async () => {
  const { tokens, source } = setUp();
  expect(inspect(await tokens.get(), { showHidden: true, depth: 9 })).not.toContain(
    source.credential?.clientSecret,
  );
});

test.each([
  [3_600, 3_600 - 1 - 60],
  [300, (299 * 4) / 5],
])("a token of %p seconds is renewed after %p", async (lifetime, renewedAfter) => {
  const { tokens, source, clock, newCredential, logins } = setUp();
  source.credential = newCredential(lifetime);
  await tokens.get();
  clock.pass(renewedAfter - 0.001);
  await tokens.get();
  expect(logins()).toBe(1);
  clock.pass(0.001);
  await Promise.all([tokens.get(), tokens.get()]);
  expect(logins()).toBe(2);
});

test("a token that cannot be renewed is used to its end", async () => {
  const { tokens, clock, faults, problems } = setUp();
  const first = await tokens.get();
  faults.add({ fault: { kind: "status", status: 503 }, route: "/oauth/token" });
  clock.pass(3_545);
  expect((await tokens.get()).value).toBe(first.value);
  expect(problems).toEqual([expect.any(LoginUnavailableError)]);
  clock.pass(54);
  expect(await failing(tokens.get())).toBeInstanceOf(LoginUnavailableError);
});

test("a replaced credential's token is kept, and used only where the new one has none", async () => {
  const { tokens, rotate, clock, faults, world } = setUp();
  const old = await tokens.get();
  const { next } = rotate();
  clock.pass(900);
  const stop = faults.add({ fault: { kind: "dropBefore" }, route: "/oauth/token" });
  expect((await tokens.get()).value).toBe(old.value);
  stop();
  clock.pass(5);
  const token = await tokens.get();
  expect(world.tokens.get(token.value)?.clientId).toBe(next.clientId);
});

test("where neither a token nor the store is to be had, the store's error is thrown", async () => {
  const { tokens, source, clock } = setUp();
  const token = await tokens.get();
  source.error = new Error("down");
  clock.pass(3_000);
  expect((await tokens.get()).value).toBe(token.value);
  clock.pass(600);
  await expect(tokens.get()).rejects.toThrow("down");
});

test("a token that was never given out is replaced by the current one", async () => {
  const { tokens } = setUp();
  const token = await tokens.get();
  const other = { ...token, value: "of another process" };
  expect((await tokens.replace(other))?.value).toBe(token.value);
});

test("a region that there is not is told with those that there are", async () => {
  const { tokens, source, newCredential } = setUp();
  for (const region of ["mars-1", "toString", ""]) {
    source.credential = { ...newCredential(), region };
    const error = await failing(tokens.get());
    expect(error).toBeInstanceOf(InvalidSecretValueError);
    expect(error.message).toContain("us-east-1, us-east-2");
  }
});

describe("the token endpoint's refusal is judged by its body:", () => {
  const clientIn = ({ source }: ReturnType<typeof scripted>) => source.credential?.clientId ?? "";

  test.each([
    [refusal(400, { error: "invalid_client", description: "authentication failed" }), InvalidClientError, 1],
    [refusal(401, { error: "unauthorized" }), InvalidClientError, 1],
    [refusal(400, { error: "unauthorized_client" }), LoginRefusedError, 1],
    [refusal(403, "<html>"), LoginRefusedError, 1],
    [refusal(302, ""), LoginRefusedError, 1],
    [refusal(200, "<html>"), LoginRefusedError, 1],
    [refusal(200, { access_token: 1, expires_in: 1 }), LoginRefusedError, 1],
    [refusal(500, {}), LoginUnavailableError, 3],
    [refusal(408, ""), LoginUnavailableError, 3],
    ["dropped" as const, LoginUnavailableError, 3],
  ])("%s is %p after %p attempts", async (answer, kind, attempts) => {
    const world = scripted(answer);
    const error = await failing(world.tokens.get());
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(CredentialError);
    expect(world.asked()).toBe(attempts);
    if (answer !== "dropped") expect(error.message).toContain(`OAuth client ${clientIn(world)}`);
  });

  test("words of the answer that are no code are not shown", async () => {
    const { tokens } = scripted(refusal(400, { error: "a b <script>" }));
    expect((await failing(tokens.get())).message).not.toContain("script");
  });

  test("a failure that passes is not noticed", async () => {
    const { tokens, clock, asked } = scripted("dropped", refusal(503, ""), "real");
    await tokens.get();
    expect([asked(), clock.pauses]).toEqual([3, [200, 400]]);
  });
});

describe("a rate limit of the token endpoint", () => {
  const limited = (seconds?: number) =>
    refusal(
      400,
      { error: "invalid_request", description: "rate limit exceeded; try again" },
      seconds === undefined ? {} : { "retry-after": String(seconds) },
    );

  test("is no invalid client: the store is not asked again", async () => {
    const { tokens, source, asked } = scripted(limited(30));
    const error = await failing(tokens.get());
    expect(error).toBeInstanceOf(TokenRateLimitedError);
    expect(error).toMatchObject({ code: "token-rate-limited", retryAfterSeconds: 30 });
    expect([source.fetches, asked()]).toEqual([1, 1]);
  });

  test.each([limited(), refusal(429, ""), refusal(429, "", { "retry-after": "soon" })])(
    "that names no time is waited for a minute",
    async (answer) => {
      expect(await failing(scripted(answer).tokens.get())).toMatchObject({ retryAfterSeconds: 60 });
    },
  );

  test("of a few seconds is waited out", async () => {
    const { tokens, clock } = scripted(limited(5), "real");
    await tokens.get();
    expect(clock.pauses).toEqual([5_200]);
  });

  test("is respected by the calls that follow, for a minute at most", async () => {
    const { tokens, clock, asked } = scripted(limited(300));
    for (let second = 0; second < 60; second += 1) {
      expect(await failing(tokens.get())).toBeInstanceOf(TokenRateLimitedError);
      clock.pass(1);
    }
    expect(asked()).toBe(1);
    await failing(tokens.get());
    expect(asked()).toBe(2);
  });
});

test("no error shows the secret, whatever the token endpoint sends back", async () => {
  const secret = randomBytes(24).toString("base64url");
  for (const status of [200, 302, 400, 401, 403, 429, 500]) {
    for (const shape of ["error", "description", "error_description", "page"]) {
      const { source, provider } = setUp();
      source.credential = { clientId: "client-1", clientSecret: secret, region: "us-east-1" };
      const echo: typeof fetch = async (_, init) => {
        const sent = `${inspect(init)} ${secret}`;
        return refusal(status, shape === "page" ? sent : { error: "invalid_client", [shape]: sent });
      };
      const error = await failing(accessTokens({ provider, fetch: echo, clock: openWorld().clock }).get());
      const shown = inspect(error, { showHidden: true, depth: 9, getters: true });
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(btoa(`client-1:${secret}`));
    }
  }
});
