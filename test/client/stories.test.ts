import fc from "fast-check";
import type { Credential } from "../../client/index.ts";
import { proof } from "../proof.ts";
import { openWorld } from "./consumer.ts";

/** How long a failure may be remembered after it has passed. */
const memorySeconds = 5;
const skewSeconds = 300;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), seconds: fc.nat(1_500) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("calls" as const), count: fc.integer({ min: 1, max: 8 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("rotate" as const),
      lifetime: fc.integer({ min: 300, max: 7_200 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("emergency" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("store" as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("login" as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("revoke" as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Several processes of a team, and whatever may befall them. */
const play = async (
  steps: readonly Step[],
  maxAges: readonly number[],
  tell: (status: number | Error) => void,
) => {
  const { clock, source, consumer, rotate, disable, faults, apiCalls, world } = openWorld();
  const consumers = maxAges.map((maxAgeSeconds) => consumer({ provider: { maxAgeSeconds } }));
  /** Old clients and when each may go: after its users' caches, its tokens, and any clock's error. */
  const retiring: { credential: Credential; at: number }[] = [];
  let restore: (() => void) | undefined;
  let troubledUntil = Number.NEGATIVE_INFINITY;
  let calls = 0;
  let isRevoked = false;
  const pass = (seconds: number) => {
    clock.pass(seconds);
    while (retiring[0] !== undefined && retiring[0].at <= clock.now()) {
      const next = retiring.shift();
      if (next !== undefined) disable(next.credential);
    }
  };
  const lifetimeOf = ({ clientId }: Credential) =>
    world.clients.get(clientId)?.accessTokenValiditySeconds ?? 0;

  for (const each of steps) {
    if (source.error !== undefined || restore !== undefined)
      troubledUntil = clock.now() + memorySeconds * 1000;
    switch (each.kind) {
      case "pass":
      case "wait":
        pass(each.seconds);
        break;
      case "rotate": {
        const { old } = rotate(each.lifetime);
        retiring.push({ credential: old, at: clock.now() + (900 + lifetimeOf(old) + skewSeconds) * 1000 });
        retiring.sort((a, b) => a.at - b.at);
        break;
      }
      case "emergency":
        disable(rotate().old);
        break;
      case "revoke":
        isRevoked = true;
        world.tokens.revokeAllOf(source.credential?.clientId ?? "");
        break;
      case "store":
        source.error = each.fails ? new Error("The store is down.") : undefined;
        break;
      case "login":
        restore?.();
        restore = each.fails
          ? faults.add({ fault: { kind: "status", status: 503 }, route: "/oauth/token" })
          : undefined;
        break;
      case "calls": {
        const isSound = source.error === undefined && restore === undefined && clock.now() >= troubledUntil;
        const made = consumers.flatMap(({ call }) => Array.from({ length: each.count }, call));
        calls += made.length;
        for (const result of await Promise.allSettled(made)) {
          if (isSound) tell(result.status === "fulfilled" ? result.value : result.reason);
        }
        // A look that found nothing new is remembered.
        if (isRevoked) pass(memorySeconds);
        isRevoked = false;
      }
    }
  }
  return { calls, apiCalls: apiCalls() };
};

proof(
  "while the store and the token endpoint answer, no call fails, whatever is rotated, killed or revoked",
  { quick: 60, full: 3_000 },
  async (numRuns, seed) => {
    let judged = 0;
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 3 }),
      async (steps, maxAges) => {
        const { calls, apiCalls } = await play(steps, maxAges, (status) => {
          judged += 1;
          expect(status).toBe(200);
        });
        expect(apiCalls).toBeLessThanOrEqual(2 * calls);
      },
    );
    await fc.assert(property, { numRuns, seed });
    expect(judged).toBeGreaterThan(10 * numRuns);
  },
);
