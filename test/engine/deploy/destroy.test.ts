import { rmSync } from "node:fs";
import { join } from "node:path";
import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace("things");
  place.declare(
    { name: "a", value: "1" },
    { name: "group", kind: "component", dependsOn: ["a"] },
    { name: "b", value: "1", parent: "group" },
    { name: "c", value: "1", dependsOn: ["group"] },
  );
  expect(await place.guard("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
  place.world.calls.length = 0;
});
afterEach(() => place.close());

describe("guard destroy", () => {
  test("deletes everything, users first, without running the program", async () => {
    rmSync(join(place.directory, "index.ts"));

    const { code } = await place.guard("destroy", "--yes");

    expect(code).toBe(0);
    expect(place.world.calls[0]).toBe("delete c");
    expect(place.world.calls.toSorted()).toEqual(["delete a", "delete b", "delete c"]);
    expect(place.deployment().resources).toEqual([]);
  });

  test("asks for --yes where it cannot ask a person", async () => {
    expect(await place.guard("destroy")).toMatchObject({ code: 1 });
    expect(place.world.things.size).toBe(3);
  });

  test("stops at the first failure and goes on the next time", async () => {
    place.world.faults.set("delete c", "refuse");

    expect(await place.guard("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 1 });
    expect(place.world.calls).toEqual(["delete c"]);

    place.world.faults.clear();
    expect(await place.guard("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(place.world.things.size).toBe(0);
  });

  test("of an empty stack does nothing", async () => {
    await place.guard("destroy", "--yes", "--skip-preview");
    expect(await place.guard("destroy", "--yes")).toMatchObject({ code: 0 });
  });
});
