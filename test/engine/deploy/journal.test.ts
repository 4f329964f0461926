import { Journal } from "../../../engine/deploy/journal.ts";
import type { Deployment, ResourceState } from "../../../engine/model/deployment.ts";

const state = (name: string): ResourceState => ({
  urn: `urn:pulumi:dev::p::t:t:T::${name}`,
  custom: true,
  type: "t:t:T",
  id: name,
});
const open = (...resources: ResourceState[]) => {
  const saved: Deployment[] = [];
  const base = { manifest: { time: "", magic: "", version: "" }, resources };
  const journal = new Journal(base, async (deployment) => {
    saved.push(structuredClone(deployment));
  });
  return { journal, saved };
};
const ids = (deployment: Deployment | undefined) => deployment?.resources?.map(({ id }) => id);
const pending = (deployment: Deployment | undefined) =>
  deployment?.pending_operations?.map(({ type, resource }) => `${type} ${resource.id}`);

describe("the journal", () => {
  test("has an operation on record before it begins, and its result after it has ended", async () => {
    const { journal, saved } = open();
    const a = state("a");

    await journal.begin("creating", a);
    expect([ids(saved.at(-1)), pending(saved.at(-1))]).toEqual([[], ["creating a"]]);

    await journal.put(undefined, a);
    expect([ids(saved.at(-1)), pending(saved.at(-1))]).toEqual([["a"], undefined]);
  });

  test("forgets an operation that failed, and keeps what was there", async () => {
    const a = state("a");
    const { journal, saved } = open(a);

    await journal.begin("updating", { ...a });
    await journal.fail(journal.deployment().pending_operations?.[0]?.resource ?? a);

    expect([ids(saved.at(-1)), pending(saved.at(-1))]).toEqual([["a"], undefined]);
  });

  test("lists what the deployment has dealt with before what it has not come to", async () => {
    const [a, b, c] = [state("a"), state("b"), state("c")];
    const { journal } = open(a, b, c);

    await journal.put(b, { ...b, id: "b2" });
    await journal.remove(c);

    expect(ids(journal.deployment())).toEqual(["b2", "a"]);
  });

  test("writes unchanged resources with the next change, or at the end", async () => {
    const [a, b] = [state("a"), state("b")];
    const { journal, saved } = open(a, b);

    await journal.keep(a, { ...a }, false);
    expect(saved).toHaveLength(0);
    await journal.keep(b, { ...b }, true);
    expect(saved).toHaveLength(1);
    await journal.close();
    expect(saved).toHaveLength(1);
  });

  test("writes once at the end what it had put off", async () => {
    const a = state("a");
    const { journal, saved } = open(a);

    await journal.keep(a, { ...a }, false);
    await journal.close();

    expect(saved).toHaveLength(1);
  });

  test("carries creates on that were cut off, and nothing else", async () => {
    const saved: Deployment[] = [];
    const journal = new Journal(
      {
        manifest: { time: "", magic: "", version: "" },
        pending_operations: [
          { type: "creating", resource: state("a") },
          { type: "deleting", resource: state("b") },
        ],
      },
      async (deployment) => void saved.push(deployment),
    );

    await journal.touched();

    expect(pending(saved.at(-1))).toEqual(["creating a"]);
  });
});
