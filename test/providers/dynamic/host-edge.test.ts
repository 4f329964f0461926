import { hostEdge } from "../../../providers/dynamic/host-edge.ts";
import { PartialFailure } from "../../../providers/dynamic/partial.ts";
import type { ResourceProvider } from "../../../providers/dynamic/provider.ts";

interface Props {
  name: string;
  gone?: string | undefined;
}

const outs = { name: "a", gone: undefined, deep: [{ gone: undefined }] };

const provider = (act: () => Promise<{ id: string; outs: Props }>): ResourceProvider<Props, Props> => ({
  check: async (_olds, inputs) => ({ inputs, failures: [] }),
  diff: async () => ({ changes: false }),
  create: act,
  read: async (id) => ({ id, props: outs, inputs: outs }),
  update: act,
  delete: async () => undefined,
});

const inputs = { name: "a", gone: undefined, __provider: "the text" };

test("what the protocol cannot carry is left out of every answer", async () => {
  const edge = hostEdge(provider(async () => ({ id: "1", outs })));
  const clean = { name: "a", deep: [{}] };
  const answers = [
    (await edge.check({}, inputs)).inputs,
    (await edge.create(inputs)).outs,
    (await edge.read("1", inputs)).props,
    (await edge.update("1", inputs, inputs)).outs,
  ];
  expect(answers.map((answer) => JSON.stringify(answer))).toEqual([
    JSON.stringify({ name: "a", __provider: "the text" }),
    ...Array.from({ length: 3 }, () => JSON.stringify(clean)),
  ]);
  for (const answer of answers) expect(answer).not.toHaveProperty("gone");
});

test.each(["create", "update"] as const)(
  "a partial failure of %s keeps what the protocol can carry, and the text by which the provider is found again",
  async (method) => {
    const edge = hostEdge(
      provider(async () => {
        throw new PartialFailure("1", outs, ["half done"], new Error("why"));
      }),
    );
    const call = method === "create" ? edge.create(inputs) : edge.update("1", inputs, inputs);
    const failure = await call.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      id: "1",
      reasons: ["half done"],
      properties: { name: "a", deep: [{}], __provider: "the text" },
    });
    expect((failure as PartialFailure).properties).not.toHaveProperty("gone");
  },
);

test("a failure that left nothing behind, and a provider's verdict, pass as they are", async () => {
  const error = new Error("refused");
  const edge = hostEdge(
    provider(async () => {
      throw error;
    }),
  );
  await expect(edge.create({ name: "a" })).rejects.toBe(error);
  expect(await edge.diff("1", inputs, inputs)).toEqual({ changes: false });
  await expect(edge.delete("1", inputs)).resolves.toBeUndefined();
});
