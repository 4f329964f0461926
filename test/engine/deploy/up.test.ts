import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace("things");
});
afterAll(() => place.close());

const up = () => place.guard("up", "--yes", "--skip-preview");
const preview = () => place.guard("preview", "--json");
const newCalls = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = place.world.calls.length;
  await work();
  return place.world.calls.slice(before);
};

describe("guard up, from the first deployment to the last change", () => {
  const a = { name: "a", value: "1" };
  const b = { name: "b", valueFrom: "a", parent: "group" };
  const group = { name: "group", kind: "component" as const };

  test("creates what is declared, each resource after what it uses, and records it as the CLI does", async () => {
    place.declare(a, group, b);

    const outcome = await up();

    expect(outcome).toMatchObject({ code: 0 });
    expect(place.world.calls).toEqual(["create a", "create b"]);
    const { resources = [] } = place.deployment();
    const stack = "urn:pulumi:dev::program::pulumi:pulumi:Stack::program-dev";
    expect(resources.map(({ urn }) => urn).sort()).toEqual([
      "urn:pulumi:dev::program::pulumi-nodejs:dynamic/test:Thing::a",
      "urn:pulumi:dev::program::pulumi:providers:pulumi-nodejs::default",
      stack,
      "urn:pulumi:dev::program::test:index:Group$pulumi-nodejs:dynamic/test:Thing::b",
      "urn:pulumi:dev::program::test:index:Group::group",
    ]);
    const provider = place.resource("default");
    expect(place.resource("b")).toMatchObject({
      custom: true,
      id: "id-2",
      type: "pulumi-nodejs:dynamic/test:Thing",
      parent: "urn:pulumi:dev::program::test:index:Group::group",
      provider: `${provider?.urn}::${provider?.id}`,
      dependencies: ["urn:pulumi:dev::program::pulumi-nodejs:dynamic/test:Thing::a"],
      propertyDependencies: {
        value: ["urn:pulumi:dev::program::pulumi-nodejs:dynamic/test:Thing::a"],
        name: [],
      },
      inputs: { name: "b", value: "serial-1" },
      outputs: { name: "b", value: "serial-1", serial: "serial-2" },
      created: expect.any(String),
      modified: expect.any(String),
    });
    expect(place.resource("group")).toMatchObject({
      custom: false,
      parent: stack,
      outputs: { title: "group" },
    });
    expect(place.resource("program-dev")?.outputs).toMatchObject({
      serials: { a: "serial-1", b: "serial-2" },
    });
    expect(place.deployment().pending_operations).toBeUndefined();
  });

  test("finds nothing to do the second time, and calls nobody", async () => {
    const before = place.deployment();

    const calls = await newCalls(async () => {
      expect(await place.guard("preview", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await place.guard("up", "--yes", "--skip-preview", "--expect-no-changes")).toMatchObject({
        code: 0,
      });
    });

    expect(calls).toEqual([]);
    expect(place.deployment().resources).toEqual(before.resources);
  });

  test("plans with unknown values what depends on a resource that is replaced", async () => {
    place.declare({ ...a, key: "new" }, group, b);

    const calls = await newCalls(async () => {
      const { code, json } = await preview();
      expect(code).toBe(0);
      expect(json.changeSummary).toMatchObject({ replace: 1, update: 1, same: 2 });
    });

    expect(calls).toEqual([]);
    expect(await place.guard("preview", "--expect-no-changes")).toMatchObject({ code: 1 });
  });

  test("replaces by creating first, updating what depends on it, and deleting last", async () => {
    const calls = await newCalls(up);

    expect(calls).toEqual(["create a", "update b", "delete a"]);
    expect(place.resource("b")?.inputs).toMatchObject({ value: "serial-3" });
    expect(place.deployment().resources?.filter(({ urn }) => urn.endsWith("::a"))).toMatchObject([
      { id: "id-3" },
    ]);
  });

  test("updates in place what the provider can update", async () => {
    place.declare({ ...a, key: "new", value: "2" }, group, b);
    const created = place.resource("a")?.created;

    expect(await newCalls(up)).toEqual(["update a"]);

    expect(place.resource("a")).toMatchObject({ id: "id-3", created, outputs: { value: "2" } });
  });

  test("leaves alone the properties that the program ignores", async () => {
    place.declare({ ...a, key: "new", value: "3", options: { ignoreChanges: ["value"] } }, group, b);

    expect(await newCalls(up)).toEqual([]);

    expect(place.resource("a")?.inputs).toMatchObject({ value: "2" });
  });

  test("deletes what is no longer declared, users before what they use", async () => {
    place.declare({ name: "c", value: "1" });

    expect(await newCalls(up)).toEqual(["create c", "delete b", "delete a"]);

    const names = place.deployment().resources?.map(({ urn }) => urn.split("::").at(-1));
    expect(names?.sort()).toEqual(["c", "default", "program-dev"]);
  });

  test("forgets without deleting what is to be retained", async () => {
    place.declare({ name: "c", value: "1", options: { retainOnDelete: true } });
    await up();
    place.declare();

    expect(await newCalls(up)).toEqual([]);

    expect(place.resource("c")).toBeUndefined();
    expect([...place.world.things.values()].map(({ name }) => name)).toEqual(["c"]);
  });
});

describe("operations at a time", () => {
  test("are as many as --parallel allows", async () => {
    const wide = await openWorkplace("things");
    try {
      wide.declare(...["a", "b", "c", "d", "e", "f"].map((name) => ({ name, value: "1" })));
      wide.world.together = 2;
      expect(await wide.guard("up", "--yes", "--skip-preview", "--parallel", "2")).toMatchObject({ code: 0 });
      expect(wide.world.mostAtOnce()).toBe(2);
    } finally {
      await wide.close();
    }
  });
});
