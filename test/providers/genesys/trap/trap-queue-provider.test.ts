import type { GenesysApi } from "../../../../apis/genesys/api.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createTrapQueueProvider,
  type TrapQueueInputs,
  type TrapQueueOutputs,
} from "../../../../providers/genesys/trap/trap-queue-provider.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const declared: TrapQueueInputs = { name: "Payments (old)", description: "Kept for the migration" };
const queuesPath = "/api/v2/routing/queues";
const queuePath = `${queuesPath}/{queueId}`;

let organisation: Organisation;
beforeEach(async () => {
  organisation = await startOrganisation({ divisions: ["Claims"] });
});
afterEach(() => organisation.close());

/** The provider of a new host process; `broken` replaces calls of the queues' API. */
const provider = (broken: Partial<GenesysApi["queues"]> = {}) => {
  const session = organisation.session();
  const api = { ...session.api, queues: { ...session.api.queues, ...broken } };
  return createTrapQueueProvider(() => ({ ...session, api }));
};
const queueOf = (id: string | undefined) => organisation.world.queues.get(id ?? "");
const queues = () => organisation.world.queues.all();
const claims = () => organisation.world.divisions.find(({ name }) => name === "Claims")?.id ?? "";

describe("check", () => {
  test.each<[string, object, string[]]>([
    ["a complete declaration", { ...declared, division: "Home", adoptId: "q1" }, []],
    ["unknown values", { name: unknown, description: unknown }, []],
    ["a missing and an empty text", { description: "" }, ["name", "description"]],
    ["members, which a trap has none of", { ...declared, members: ["u1"] }, ["members"]],
  ])("%s", async (_name, inputs, properties) => {
    const { failures } = await provider().check({}, inputs as TrapQueueInputs);
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });
});

describe("diff", () => {
  test.each<[string, object, boolean]>([
    ["nothing", declared, false],
    ["another name, in place", { ...declared, name: "Other" }, true],
    ["an adoptId, which matters at creation alone", { ...declared, adoptId: "q2" }, false],
    ["a value that is unknown yet", { ...declared, division: unknown }, true],
  ])("%s", async (_name, news, changes) => {
    const olds = { ...declared, queueId: "q1", divisionId: "d1" };
    expect(await provider().diff("q1", olds, news as TrapQueueInputs)).toEqual({ changes });
    expect(organisation.calls.all).toEqual([]);
  });
});

describe("create", () => {
  test("makes an empty queue in the division that is named", async () => {
    const { id, outs } = await provider().create({ ...declared, division: "Claims" });
    expect(outs).toEqual({ ...declared, division: "Claims", queueId: id, divisionId: claims() });
    expect(queueOf(id)).toMatchObject({ ...declared, divisionId: claims(), memberIds: [] });
  });

  test("refuses a stranger of that name, and says how to take it over", async () => {
    const stranger = organisation.world.addQueue({ name: declared.name, divisionId: claims() });
    await expect(provider().create(declared)).rejects.toThrow(
      `The queue ${declared.name} (${stranger.id}) exists already and differs from the declared one in description, division. If it is to become the trap, set adoptId: "${stranger.id}"; else declare another name.`,
    );
    expect(queues()).toEqual([stranger]);
  });

  test("refuses a twin in which somebody works", async () => {
    const { id } = await provider().create(declared);
    organisation.world.queues.edit(id, { memberIds: ["u1"] });
    await expect(provider().create(declared)).rejects.toThrow("has 1 members");
  });

  test("takes what a killed run has made, which equals the declaration", async () => {
    const { id } = await provider().create(declared);
    expect((await provider().create(declared)).id).toBe(id);
  });

  test("finds the queue whose creation got no answer", async () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: queuesPath, times: 1 });
    const { id } = await provider().create(declared);
    expect(queues().map((queue) => queue.id)).toEqual([id]);
  });

  test("takes over a queue that the listing showed too late", async () => {
    const { id } = await provider().create(declared);
    const real = organisation.session().api.queues;
    let looks = 0;
    const late = provider({
      findByName: async (name) => {
        looks += 1;
        return looks === 1 ? [] : real.findByName(name);
      },
    });
    expect((await late.create(declared)).id).toBe(id);
  });

  test("hands on that a name is taken by what nobody can find, and any other refusal", async () => {
    organisation.world.addQueue({ name: declared.name });
    const blind = provider({ findByName: async () => [] });
    await expect(blind.create(declared)).rejects.toThrow("duplicate.name");
    organisation.faults.add({ fault: { kind: "status", status: 429 }, method: "POST" });
    await expect(blind.create(declared)).rejects.toThrow("rate limit");
  });
});

describe("a creation without an answer, when nothing can be looked up either", () => {
  const lost = async () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: queuesPath, times: 1 });
    organisation.faults.add({ fault: { kind: "dropBefore" }, method: "GET", route: queuesPath, skip: 1 });
    const error = await provider()
      .create(declared)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (!(error instanceof PartialFailure)) throw new Error(`no partial failure: ${String(error)}`);
    organisation.faults.clear();
    return { id: error.id, props: error.properties as TrapQueueOutputs };
  };

  test("is kept with what was asked for, and a refresh finds the queue", async () => {
    const { id, props } = await lost();
    expect(id).toBe(`unconfirmed:${declared.name}`);
    expect(await provider().read(id, props)).toMatchObject({ id: queues()[0]?.id, inputs: declared });
  });

  test("is finished by the next deployment, whatever that declares", async () => {
    const { id, props } = await lost();
    const news = { name: "Renamed" };
    const { outs } = await provider().update(id, props, news);
    expect(queues()).toMatchObject([{ id: outs.queueId, name: "Renamed", description: "" }]);
    expect(await provider().read(id, outs)).toMatchObject({ id: outs.queueId, inputs: news });
    await provider().delete(id, outs);
    expect(queues()).toEqual([]);
  });

  test("is made again if it had no effect", async () => {
    const { id, props } = await lost();
    organisation.world.queues.remove(queues()[0]?.id ?? "");
    expect(await provider().read(id, props)).toEqual({});
    await provider().delete(id, props);
    const { outs } = await provider().update(id, props, declared);
    expect(queues().map((queue) => queue.id)).toEqual([outs.queueId]);
  });

  test("never deletes a queue that is not what was asked for", async () => {
    const { id, props } = await lost();
    organisation.world.queues.edit(queues()[0]?.id ?? "", { description: "In use" });
    await provider().delete(id, props);
    expect(queues()).toHaveLength(1);
  });
});

describe("adoption", () => {
  test("makes an existing queue what is declared, and leaves its other settings", async () => {
    const { id } = organisation.world.addQueue({
      name: "By hand",
      other: { callingPartyName: "Sandbox Insurance" },
    });
    expect((await provider().create({ ...declared, adoptId: id })).id).toBe(id);
    expect(queueOf(id)).toMatchObject({ ...declared, other: { callingPartyName: "Sandbox Insurance" } });
  });

  test("refuses an id that no queue has, and a queue with members", async () => {
    await expect(provider().create({ ...declared, adoptId: "nothing" })).rejects.toThrow(
      "there is no such queue",
    );
    const queue = organisation.world.addQueue({ name: "By hand", memberIds: ["u1", "u2"] });
    await expect(provider().create({ ...declared, adoptId: queue.id })).rejects.toThrow("has 2 members");
    expect(queueOf(queue.id)).toEqual(queue);
  });
});

describe("read", () => {
  test("reports what was changed by hand, and no more", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.queues.edit(id, { description: "", divisionId: claims() });
    const { inputs } = await provider().read(id, outs);
    expect(inputs).toEqual({ name: declared.name, division: "Claims" });
  });

  test("finds nothing where the queue is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.queues.remove(id);
    expect(await provider().read(id, outs)).toEqual({});
  });
});

describe("update", () => {
  test("makes no writing call for what is there already", async () => {
    const { id, outs } = await provider().create(declared);
    await provider().update(id, outs, { ...declared, division: "Home" });
    expect(organisation.calls.count(`PUT ${queuePath}`)).toBe(0);
  });

  test("says so where the platform keeps the queue in its division", async () => {
    const { id, outs } = await provider().create(declared);
    const real = organisation.session().api.queues;
    const rigid = provider({
      update: (queueId, { division: _, ...rest }) => real.update(queueId, rest),
    });
    await expect(rigid.update(id, outs, { ...declared, division: "Claims" })).rejects.toThrow(
      "is in the division Home",
    );
  });

  test("says that a queue is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.queues.remove(id);
    await expect(provider().update(id, outs, declared)).rejects.toThrow(`The queue ${id} is gone`);
  });
});

describe("delete", () => {
  test("keeps a queue in use, never by force, and says what to do", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.queues.edit(id, { activeConversations: 1 });
    await expect(provider().delete(id, outs)).rejects.toThrow(
      `The queue ${declared.name} (${id}) is kept: the platform says that it is in use`,
    );
    expect(queueOf(id)).toBeDefined();
  });

  test("is done when the queue is gone, and hands on what it cannot judge", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.faults.add({ fault: { kind: "status", status: 503 }, method: "DELETE" });
    await expect(provider().delete(id, outs)).rejects.toThrow("503");
    organisation.faults.clear();
    await provider().delete(id, outs);
    await provider().delete(id, outs);
    expect(queues()).toEqual([]);
  });

  test("spares the queue that the resource's successor has taken over in the same run", async () => {
    const { id, outs } = await provider().create(declared);
    const run = provider();
    await run.create(declared);
    await run.delete(id, outs);
    expect(queueOf(id)).toBeDefined();
  });
});
