import { createSharedToken } from "../../../apis/genesys/shared-token.ts";
import { virtualTime } from "../virtual-time.ts";

const setUp = (expiresInSeconds = 86_400) => {
  const time = virtualTime();
  let requests = 0;
  const token = createSharedToken(async () => {
    requests += 1;
    return { value: `t-${requests}`, expiresInSeconds };
  }, time.transport.now);
  return { ...time, token, requests: () => requests };
};

test("no token is asked for before one is needed", () => {
  expect(setUp().requests()).toBe(0);
});

test("many askers at once share one request", async () => {
  const { token, requests } = setUp();
  const got = await Promise.all(Array.from({ length: 100 }, () => token.get()));
  expect(new Set(got)).toEqual(new Set(["t-1"]));
  expect(requests()).toBe(1);
});

test.each([
  [86_400, 86_340],
  [300, 240],
  [100, 80],
])("a token of %p seconds is renewed after %p", async (lifetime, renewedAfter) => {
  const { token, pass } = setUp(lifetime);
  await token.get();
  pass(renewedAfter * 1000 - 1);
  expect(await token.get()).toBe("t-1");
  pass(1);
  expect(await Promise.all([token.get(), token.get()])).toEqual(["t-2", "t-2"]);
});

test("a refused token is replaced once, however many were refused with it", async () => {
  const { token, requests } = setUp();
  const refused = await token.get();
  token.discard(refused);
  expect(await token.get()).toBe("t-2");
  token.discard(refused);
  expect(await token.get()).toBe("t-2");
  expect(requests()).toBe(2);
});

test("a failed request fails who waited for it, and the next asker tries again", async () => {
  let requests = 0;
  const token = createSharedToken(async () => {
    requests += 1;
    if (requests === 1) throw new Error("down");
    return { value: "t", expiresInSeconds: 300 };
  }, Date.now);
  const both = await Promise.allSettled([token.get(), token.get()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(requests).toBe(1);
  expect(await token.get()).toBe("t");
});
