import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
const kept = { name: "kept", value: "1", key: "1", options: { protect: true } };
beforeAll(async () => {
  place = await openWorkplace("things");
  place.declare(
    { name: "base", value: "1" },
    { ...kept, dependsOn: ["base"] },
    { name: "other", value: "1" },
  );
  expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  expect(place.resource("kept")).toMatchObject({ protect: true });
});
afterAll(() => place.close());

describe("a protected resource", () => {
  test("cannot be replaced, and nothing is done", async () => {
    place.declare({ name: "base", value: "1" }, { ...kept, key: "2" }, { name: "other", value: "1" });
    const calls = place.world.calls.length;

    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toMatch(/unable to replace resource[\s\S]*`protect`[\s\S]*guard up/);
    expect(place.world.calls).toHaveLength(calls);
  });

  test("cannot be deleted by leaving it out, and the plan says so first", async () => {
    place.declare({ name: "base", value: "1" }, { name: "other", value: "1" });
    const calls = place.world.calls.length;

    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toMatch(/cannot be deleted[\s\S]*protected/);
    expect(place.world.calls).toHaveLength(calls);
  });

  test("survives destroy with what it depends on, while the rest goes", async () => {
    const { code } = await place.guard("destroy", "--yes", "--skip-preview");

    expect(code).toBe(1);
    expect([...place.world.things.values()].map(({ name }) => name)).toEqual(["base", "kept"]);
    expect(place.resource("kept")).toBeDefined();
  });

  test("goes after its protection was removed", async () => {
    place.declare({ name: "base", value: "1" }, { ...kept, options: {} });
    expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });

    expect(await place.guard("destroy", "--yes")).toMatchObject({ code: 0 });

    expect(place.world.things.size).toBe(0);
    expect(place.deployment().resources).toEqual([]);
  });
});
