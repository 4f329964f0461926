import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace("things");
  place.declare(
    { name: "a", value: "1" },
    { name: "b", value: "1", dependsOn: ["a"] },
    { name: "c", value: "1" },
  );
  expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
});
afterAll(() => place.close());

const thing = (name: string) => [...place.world.things.values()].find((found) => found.name === name);

describe("guard refresh", () => {
  test("finds nothing when nothing has changed outside", async () => {
    const { code, json } = await place.guard("refresh", "--yes", "--skip-preview", "--json");

    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ same: 4 });
  });

  test("shows without --yes what it would take over, and takes over nothing", async () => {
    const changed = thing("c");
    if (changed !== undefined) changed.value = "by hand";

    const { code, text } = await place.guard("refresh");

    expect(code).toBe(1);
    expect(text).toContain("--yes or --skip-preview must be passed");
    expect(place.resource("c")?.inputs).toMatchObject({ value: "1" });
  });

  test("takes over a change made by hand, which the next update repairs", async () => {
    const { code, text } = await place.guard("refresh", "--yes");

    expect(code).toBe(0);
    expect(text).toContain("c");
    expect(place.resource("c")).toMatchObject({
      inputs: { value: "by hand" },
      outputs: { value: "by hand" },
    });

    expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(thing("c")?.value).toBe("1");
  });

  test("removes what has gone, with every reference to it", async () => {
    place.world.things.delete(thing("a")?.id ?? "");

    const { code, json } = await place.guard("refresh", "--yes", "--skip-preview", "--json");

    expect(code).toBe(0);
    expect(json.summary).toMatchObject({ delete: 1, same: 3 });
    expect(place.resource("a")).toBeUndefined();
    expect(place.resource("b")?.dependencies ?? []).toEqual([]);

    expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(thing("a")).toBeDefined();
  });

  test("reads the others although one cannot be read", async () => {
    place.world.faults.set(`read ${"c"}`, "refuse");
    const changed = thing("b");
    if (changed !== undefined) changed.value = "by hand";

    const { code, text } = await place.guard("refresh", "--yes", "--skip-preview");

    expect(code).toBe(1);
    expect(text).toContain("read c is not allowed");
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(place.resource("b")?.inputs).toMatchObject({ value: "by hand" });
    expect(place.resource("c")).toBeDefined();
  });
});
