import fc from "fast-check";
import { type Credential, credentialProvider, InvalidOptionError } from "../../client/index.ts";
import { proof } from "../proof.ts";
import { scriptedSource, virtualClock } from "./consumer.ts";

const credential = (name: string, nextRotationAt?: number): Credential => ({
  clientId: name,
  clientSecret: `secret of ${name}`,
  region: "us-east-1",
  ...(nextRotationAt === undefined ? {} : { nextRotationAt }),
});

const setUp = (maxAgeSeconds?: number, first = credential("a")) => {
  const clock = virtualClock();
  const source = scriptedSource(first);
  const problems: unknown[] = [];
  const provider = credentialProvider({
    source,
    clock,
    random: () => 0,
    onProblem: (error) => problems.push(error),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  });
  return { clock, source, problems, provider };
};
const down = new Error("down");

test("nothing is fetched before it is needed", () => {
  expect(setUp().source.fetches).toBe(0);
});

test.each([-1, 901, Number.NaN, Number.POSITIVE_INFINITY])("a greatest age of %p is refused", (age) => {
  expect(() => setUp(age)).toThrow(InvalidOptionError);
  expect(() => setUp(age)).toThrow("it can be from 0 to 900");
});

test("100 callers at once share one fetch", async () => {
  const { provider, source } = setUp();
  const got = await Promise.all(Array.from({ length: 100 }, () => provider.get()));
  expect(new Set(got)).toEqual(new Set([credential("a")]));
  expect(source.fetches).toBe(1);
});

test.each([
  [undefined, 900],
  [60, 60],
])("with a greatest age of %p, a credential is used for %p seconds", async (maxAge, seconds) => {
  const { provider, source, clock } = setUp(maxAge);
  await provider.get();
  clock.pass(seconds - 0.001);
  await provider.get();
  expect(source.fetches).toBe(1);
  source.credential = credential("b");
  clock.pass(0.001);
  expect(await provider.get()).toEqual(credential("b"));
});

test("with a greatest age of 0, every caller that waits for no other fetches", async () => {
  const { provider, source } = setUp(0);
  await Promise.all([provider.get(), provider.get()]);
  await provider.get();
  expect(source.fetches).toBe(2);
  source.error = down;
  await expect(provider.get()).rejects.toBe(down);
});

test("chance spreads the fetches of many processes over the last fifth of the age", async () => {
  const { source, clock } = setUp();
  const provider = credentialProvider({ source, clock, random: () => 0.999 });
  await provider.get();
  clock.pass(720);
  await provider.get();
  expect(source.fetches).toBe(1);
  clock.pass(1);
  await provider.get();
  expect(source.fetches).toBe(2);
});

describe("the next rotation", () => {
  test("is looked for at its time, and not before", async () => {
    const { provider, source, clock } = setUp(900, credential("a"));
    source.credential = credential("a", clock.now() + 100_000);
    await provider.get();
    clock.pass(99.999);
    await provider.get();
    expect(source.fetches).toBe(1);
    source.credential = credential("b", clock.now() + 1e9);
    clock.pass(0.001);
    expect((await provider.get()).clientId).toBe("b");
  });

  test("that is late is looked for ever less often, not by every call", async () => {
    const { provider, source, clock } = setUp(900);
    source.credential = credential("a", clock.now());
    const looks: number[] = [];
    for (let second = 0; second <= 3_600; second += 1) {
      const before = source.fetches;
      await provider.get();
      if (source.fetches > before) looks.push(second);
      clock.pass(1);
    }
    const pauses = looks.slice(1).map((second, index) => second - (looks[index] ?? 0));
    expect(looks.slice(0, 4)).toEqual([0, 60, 120, 180]);
    expect(Math.min(...pauses)).toBe(60);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(900);
    expect(looks.length).toBeLessThan(12);
  });

  test.each([-300, 300])("is found within minutes by a clock that is %p seconds ahead", async (ahead) => {
    const { provider, source, clock } = setUp(900);
    const rotation = clock.now() + 600_000;
    // What the source says is true; what this process takes the time for is not.
    source.credential = credential("a", rotation - ahead * 1000);
    let found: number | undefined;
    for (let second = 0; second <= 1_800 && found === undefined; second += 1) {
      if (clock.now() >= rotation) source.credential = credential("b", rotation + 1e9);
      if ((await provider.get()).clientId === "b") found = (clock.now() - rotation) / 1000;
      clock.pass(1);
    }
    expect(found).toBeLessThanOrEqual(ahead > 0 ? 150 : 300);
  });
});

describe("a source that fails", () => {
  test("is told to the first caller, and asked again by the next", async () => {
    const { provider, source } = setUp();
    source.error = down;
    await expect(Promise.all([provider.get(), provider.get()])).rejects.toBe(down);
    expect(source.fetches).toBe(1);
    source.error = undefined;
    expect(await provider.get()).toEqual(credential("a"));
  });

  test("is not noticed while the credential is good, and is asked every five seconds", async () => {
    const { source, clock, problems } = setUp();
    const provider = credentialProvider({
      source,
      clock,
      random: () => 1,
      onProblem: (error) => problems.push(error),
    });
    await provider.get();
    source.error = down;
    clock.pass(720);
    for (let second = 720; second < 900; second += 1) {
      expect(await provider.get()).toEqual(credential("a"));
      clock.pass(1);
    }
    await expect(provider.get()).rejects.toBe(down);
    expect(source.fetches).toBe(1 + 180 / 5 + 1);
    expect(problems).toEqual(Array(36).fill(down));
  });

  test("need not be an error that is thrown later", async () => {
    const { clock } = setUp();
    const source = {
      fetch: () => {
        throw down;
      },
    };
    const provider = credentialProvider({ source, clock });
    await expect(provider.get()).rejects.toBe(down);
    await expect(provider.get()).rejects.toBe(down);
  });
});

test("a clock that is set back does not make a credential older than it may be", async () => {
  const { provider, source, clock } = setUp();
  await provider.get();
  clock.pass(-3_600);
  source.credential = credential("b");
  expect(await provider.get()).toEqual(credential("b"));
  source.error = down;
  clock.pass(-3_600);
  await expect(provider.get()).rejects.toBe(down);
});

describe("a credential that was refused", () => {
  test("is fetched anew at once, once for all who were refused", async () => {
    const { provider, source } = setUp();
    const refused = await provider.get();
    source.credential = credential("b");
    const got = await Promise.all(Array.from({ length: 100 }, () => provider.refetch(refused)));
    expect(new Set(got)).toEqual(new Set([credential("b")]));
    expect(source.fetches).toBe(2);
  });

  test("is not fetched where another is known by now", async () => {
    const { provider, source } = setUp();
    const refused = await provider.get();
    source.credential = credential("b");
    await provider.refetch(refused);
    expect(await provider.refetch(refused)).toEqual(credential("b"));
    expect(source.fetches).toBe(2);
  });

  test("differs from one of the same client with another secret", async () => {
    const { provider, source } = setUp();
    const refused = await provider.get();
    source.credential = { ...refused, clientSecret: "reset" };
    expect((await provider.refetch(refused)).clientSecret).toBe("reset");
    expect((await provider.refetch(refused)).clientSecret).toBe("reset");
    expect(source.fetches).toBe(2);
  });

  test("and is the source's for ever is fetched every five seconds at most", async () => {
    const { provider, source, clock } = setUp();
    const refused = await provider.get();
    for (let second = 0; second < 60; second += 1) {
      expect(await provider.refetch(refused)).toEqual(refused);
      clock.pass(1);
    }
    expect(source.fetches).toBe(1 + 60 / 5);
  });

  test("is fetched after a fetch that was under way: that one may have read too soon", async () => {
    const { provider, source, clock } = setUp();
    const refused = await provider.get();
    clock.pass(900);
    source.beforeAnswer = async () => {
      source.beforeAnswer = undefined;
      source.credential = credential("b");
    };
    const [ordinary, forced] = await Promise.all([provider.get(), provider.refetch(refused)]);
    expect([ordinary, forced]).toEqual([credential("a"), credential("b")]);
    expect(source.fetches).toBe(3);
  });

  test("is given back while it is good and the source fails", async () => {
    const { provider, source, problems } = setUp();
    const refused = await provider.get();
    source.error = down;
    expect(await provider.refetch(refused)).toEqual(refused);
    expect(problems).toEqual([down]);
  });
});

const story = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 0, max: 1_200 }) }),
    fc.record({ kind: fc.constant("rotate" as const), lateSeconds: fc.integer({ min: -600, max: 600 }) }),
    fc.record({ kind: fc.constant("fail" as const), fails: fc.boolean() }),
    fc.record({ kind: fc.constant("get" as const), callers: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant("refetch" as const), callers: fc.integer({ min: 1, max: 5 }) }),
  ),
  { minLength: 1, maxLength: 60 },
);

proof(
  "whatever happens, a credential is at most as old as it may be, and the source is asked with restraint",
  { quick: 300, full: 10_000 },
  async (numRuns, seed) => {
    const property = fc.asyncProperty(
      story,
      fc.integer({ min: 1, max: 900 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (steps, maxAgeSeconds, random) => {
        const clock = virtualClock();
        const source = scriptedSource(credential("0", clock.now() + 1_000_000));
        /** When each credential ceased to be the source's. */
        const supersededAt = new Map<string, number>();
        let count = 0;
        let forced = 0;
        const provider = credentialProvider({ source, clock, maxAgeSeconds, random: () => random });
        const check = async (asked: Promise<Credential>[]) => {
          const began = source.fetches;
          for (const result of await Promise.allSettled(asked)) {
            if (result.status === "rejected") {
              expect(source.error).toBe(result.reason);
              continue;
            }
            const until = supersededAt.get(result.value.clientId);
            if (until !== undefined) expect(clock.now() - until).toBeLessThan(maxAgeSeconds * 1000);
          }
          expect(source.fetches - began).toBeLessThanOrEqual(1);
        };
        for (const step of steps) {
          if (step.kind === "pass") clock.pass(step.seconds);
          if (step.kind === "fail") source.error = step.fails ? down : undefined;
          if (step.kind === "rotate") {
            supersededAt.set(String(count), clock.now());
            count += 1;
            source.credential = credential(String(count), clock.now() + step.lateSeconds * 1000);
          }
          if (step.kind === "get") await check(Array.from({ length: step.callers }, () => provider.get()));
          if (step.kind === "refetch") {
            const refused = credential(String(Math.max(0, count - (forced % 2))));
            forced += 1;
            await check(Array.from({ length: step.callers }, () => provider.refetch(refused)));
          }
        }
      },
    );
    await fc.assert(property, { numRuns, seed });
  },
);
