import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace("things");
});
afterEach(() => place.close());

const up = () => place.guard("up", "--yes", "--skip-preview");
const names = () =>
  place
    .deployment()
    .resources?.map(({ urn }) => urn.split("::").at(-1))
    .sort();

/** As the message of a lock says: by hand, once the process is gone. */
const unlock = () => rmSync(join(place.directory, ".guard/.pulumi/locks"), { recursive: true, force: true });

describe("a failure in the middle of an update", () => {
  test("stops what has not begun, keeps what is done, and the next update goes on", async () => {
    place.declare({ name: "a", value: "1" }, { name: "b", valueFrom: "a" }, { name: "c", valueFrom: "b" });
    place.world.faults.set("create b", "refuse");

    const { code, text } = await up();

    expect(code).toBe(1);
    expect(text).toContain("the world refused: create b is not allowed");
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(place.world.calls).toEqual(["create a", "create b"]);
    expect(names()).toEqual(["a", "default", "program-dev"]);
    expect(place.deployment().pending_operations).toBeUndefined();

    place.world.faults.clear();
    expect(await up()).toMatchObject({ code: 0 });
    expect(place.world.calls).toEqual(["create a", "create b", "create b", "create c"]);
  });

  test("deletes nothing", async () => {
    place.declare({ name: "a", value: "1" });
    await up();
    place.declare({ name: "b", value: "1" });
    place.world.faults.set("create b", "refuse");

    expect(await up()).toMatchObject({ code: 1 });

    expect(names()).toContain("a");
    expect(place.world.calls).not.toContain("delete a");
  });

  test("reports every property that a check rejects, and calls nobody", async () => {
    place.declare({ name: "a", value: "bad" });

    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toContain("value: must not be bad");
    expect(text).toContain("key: must be good");
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(place.world.calls).toEqual([]);
  });

  test("keeps the outputs of the stack that it could not renew", async () => {
    place.declare({ name: "a", value: "1" });
    await up();
    place.declare({ name: "a", value: "2" });
    place.world.faults.set("update a", "refuse");

    expect(await up()).toMatchObject({ code: 1 });

    expect(place.resource("program-dev")?.outputs).toMatchObject({ serials: { a: "serial-1" } });
    expect(place.resource("a")?.inputs).toMatchObject({ value: "1" });
  });
});

describe("an object that exists but is not finished", () => {
  test("is kept with what is wrong with it, and finished by the next update", async () => {
    place.declare({ name: "a", value: "1" });
    place.world.faults.set("create a", "partial");

    const { code, text } = await up();

    expect(code).toBe(1);
    expect(text).toContain("it does not work");
    expect(place.resource("a")).toMatchObject({
      id: "id-1",
      initErrors: ["it is there", "it does not work"],
      outputs: { serial: "serial-1", __provider: expect.any(String) },
    });

    place.world.faults.clear();
    expect(await up()).toMatchObject({ code: 0 });
    expect(place.world.calls).toEqual(["create a", "update a"]);
    expect(place.resource("a")?.initErrors).toBeUndefined();
  });

  test("can be destroyed", async () => {
    place.declare({ name: "a", value: "1" });
    place.world.faults.set("create a", "partial");
    await up();

    expect(await place.guard("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });

    expect(place.world.things.size).toBe(0);
  });
});

describe("a replacement that fails", () => {
  test("before the new one exists leaves the old one alone", async () => {
    place.declare({ name: "a", value: "1", key: "1" });
    await up();
    place.declare({ name: "a", value: "1", key: "2" });
    place.world.faults.set("create a", "refuse");

    expect(await up()).toMatchObject({ code: 1 });

    expect(place.deployment().resources?.filter(({ urn }) => urn.endsWith("::a"))).toMatchObject([
      { id: "id-1" },
    ]);
  });

  test("while the old one is deleted deletes it the next time", async () => {
    place.declare({ name: "a", value: "1", key: "1" });
    await up();
    place.declare({ name: "a", value: "1", key: "2" });
    place.world.faults.set("delete a", "refuse");

    expect(await up()).toMatchObject({ code: 1 });
    expect(place.deployment().resources?.filter(({ urn }) => urn.endsWith("::a"))).toMatchObject([
      { id: "id-2" },
      { id: "id-1", delete: true },
    ]);

    place.world.faults.clear();
    expect(await up()).toMatchObject({ code: 0 });
    expect([...place.world.things.keys()]).toEqual(["id-2"]);
    expect(place.deployment().resources?.filter(({ urn }) => urn.endsWith("::a"))).toMatchObject([
      { id: "id-2" },
    ]);
  });
});

describe("an engine that is killed in the middle of a create", () => {
  test("leaves a trace, which later commands report until somebody clears it", async () => {
    place.declare({ name: "a", value: "1" });
    place.world.faults.set("create a", "hang");
    const arrived = place.world.arrival("create a");
    const killed = place.start("up", "--yes", "--skip-preview");
    await arrived;
    killed.kill("SIGKILL");
    await once(killed, "close");

    expect(place.deployment().pending_operations).toMatchObject([
      { type: "creating", resource: { urn: expect.stringMatching(/::a$/) } },
    ]);
    expect(readdirSync(join(place.directory, ".guard/.pulumi/locks"), { recursive: true })).not.toEqual([]);
    expect(await up()).toMatchObject({ code: 1, text: expect.stringContaining("The stack is locked") });

    unlock();
    place.world.faults.clear();
    const next = await up();
    expect(next.code).toBe(0);
    expect(next.text).toContain("::a, interrupted while creating");
    expect(place.deployment().pending_operations).toHaveLength(1);

    const refreshed = await place.guard("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
    expect(refreshed.code).toBe(0);
    expect(place.deployment().pending_operations).toBeUndefined();
  });
});

describe("Ctrl-C", () => {
  test("lets the running operations finish and begins no new ones", async () => {
    place.declare({ name: "a", value: "1" }, { name: "b", valueFrom: "a" });
    place.world.together = 2;
    const arrived = place.world.arrival("create a");
    const canceled = place.start("up", "--yes", "--skip-preview");
    await arrived;
    const noticed = once(canceled.stderr ?? canceled, "data");
    canceled.kill("SIGINT");
    await noticed;
    place.world.together = 1;
    place.world.release();
    const [code] = await once(canceled, "close");

    expect(code).toBe(1);
    expect(names()).toEqual(["a", "default", "program-dev"]);
    expect(place.deployment().pending_operations).toBeUndefined();
    expect(place.world.calls).toEqual(["create a"]);
    expect(await up()).toMatchObject({ code: 0 });
  });

  test("twice ends at once, with the operation on record", async () => {
    place.declare({ name: "a", value: "1" });
    place.world.faults.set("create a", "hang");
    const arrived = place.world.arrival("create a");
    const canceled = place.start("up", "--yes", "--skip-preview");
    await arrived;
    const noticed = once(canceled.stderr ?? canceled, "data");
    canceled.kill("SIGINT");
    await noticed;
    canceled.kill("SIGINT");
    const [code] = await once(canceled, "close");

    expect(code).toBe(1);
    expect(place.deployment().pending_operations).toMatchObject([{ type: "creating" }]);
    expect(await place.guard("preview")).toMatchObject({ code: 0 });
  });
});

describe("a reader of the output that goes away", () => {
  test("does not end the update", async () => {
    place.declare({ name: "a", value: "1" }, { name: "b", valueFrom: "a" });
    const piped = place.start("up", "--yes", "--skip-preview");
    piped.stdout?.destroy();
    piped.stderr?.destroy();
    const [code] = await once(piped, "exit");

    expect(code).toBe(0);
    expect(place.world.calls).toEqual(["create a", "create b"]);
  });
});

describe("a host that dies", () => {
  test("is told apart from a provider that fails", async () => {
    place.declare({ name: "a", value: "die" });

    const { code, text } = await up();

    expect(code).toBe(1);
    expect(text).toContain("the host of dynamic providers ended in the middle of this call");
  });
});

describe("a provider that wants the old object deleted before its replacement exists", () => {
  test("is refused while planning, before anything is done", async () => {
    place.declare({ name: "a", value: "1", key: "1" });
    await up();
    place.declare({ name: "a", value: "delete first", key: "2" }, { name: "b", value: "1" });

    const { code, text } = await place.guard("up", "--yes");

    expect(code).toBe(1);
    expect(text).toContain("deleteBeforeReplace is not supported by guard");
    expect(place.world.calls).toEqual(["create a"]);
  });
});

describe("two resources of the same name and type", () => {
  test("are refused", async () => {
    place.declare({ name: "a", value: "1" }, { name: "a", value: "2" });

    const { code, text } = await place.guard("preview");

    expect(code).toBe(1);
    expect(text).toContain("Duplicate resource URN");
  });
});
