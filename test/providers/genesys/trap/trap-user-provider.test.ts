import type { GenesysApi } from "../../../../apis/genesys/api.ts";
import { VersionConflictError } from "../../../../apis/genesys/errors.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createTrapUserProvider,
  type TrapUserInputs,
} from "../../../../providers/genesys/trap/trap-user-provider.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const email = "system.backup@example.com";
const declared: TrapUserInputs = { name: "System Backup", email, title: "Service Account", state: "active" };
const usersPath = "/api/v2/users";
const userPath = `${usersPath}/{userId}`;

let organisation: Organisation;
beforeEach(async () => {
  organisation = await startOrganisation({ divisions: ["Claims"] });
});
afterEach(() => organisation.close());

/** The provider of a new host process; `broken` replaces calls of the users' API. */
const provider = (broken: Partial<GenesysApi["users"]> = {}) => {
  const session = organisation.session();
  const api = { ...session.api, users: { ...session.api.users, ...broken } };
  return createTrapUserProvider(() => ({ ...session, api }));
};
const userOf = (id: string | undefined) => organisation.world.users.get(id ?? "");
const traps = () => organisation.world.users.all().filter((user) => user.email === email);
const loseAllAfter = (method: string, route: string) => {
  organisation.faults.add({ fault: { kind: "dropAfter" }, method, route, times: 1 });
  organisation.faults.add({
    fault: { kind: "dropBefore" },
    method: "POST",
    route: `${usersPath}/search`,
    skip: 1,
  });
};
const failureOf = async (promise: Promise<unknown>): Promise<PartialFailure> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PartialFailure)) throw new Error(`no partial failure: ${String(error)}`);
  return error;
};

describe("check", () => {
  test.each<[string, object, string[]]>([
    ["a complete declaration", { ...declared, division: "Home", department: "IT", adoptId: "u1" }, []],
    ["unknown values", { name: unknown, email: unknown, division: unknown, state: unknown }, []],
    ["a malformed address", { ...declared, email: "system.backup" }, ["email"]],
    ["a missing and an empty text", { email, title: " " }, ["name", "title"]],
    ["a state that cannot be declared", { ...declared, state: "deleted" }, ["state"]],
    ["a password, which a trap has none of", { ...declared, password: "x" }, ["password"]],
  ])("%s", async (_name, inputs, properties) => {
    const { failures } = await provider().check({}, inputs as TrapUserInputs);
    expect(failures.map(({ property }) => property)).toEqual(properties);
  });

  test("completes the state, so that an intruder's listing shows the bait", async () => {
    const { inputs } = await provider().check({}, { name: "A", email } as TrapUserInputs);
    expect(inputs.state).toBe("active");
  });
});

describe("diff", () => {
  const olds = { ...declared, userId: "u1", divisionId: "d1" };

  test.each<[string, Partial<TrapUserInputs>, boolean, string[]]>([
    ["nothing", {}, false, []],
    ["the case of the address", { email: email.toUpperCase() }, false, []],
    ["another address: another user", { email: "other@example.com" }, true, ["email"]],
    ["another title", { title: "Robot" }, true, []],
    ["an adoptId, which matters at creation alone", { adoptId: "u2" }, false, []],
    ["a value that is unknown yet", { division: unknown }, true, []],
  ])("%s", async (_name, news, changes, replaces) => {
    expect(await provider().diff("u1", olds, { ...declared, ...news })).toEqual({ changes, replaces });
    expect(organisation.calls.all).toEqual([]);
  });
});

describe("create", () => {
  test("makes a user with nothing but a name, in one writing call", async () => {
    const { id, outs } = await provider().create(declared);
    expect(outs).toEqual({ ...declared, userId: id, divisionId: organisation.world.homeDivisionId });
    expect(userOf(id)).toMatchObject({ ...declared, hasPassword: false, addresses: [] });
    expect(userOf(id)?.grants.map(({ roleId }) => organisation.world.roles.get(roleId)?.name)).toEqual([
      "employee",
    ]);
    expect(organisation.calls.count(`POST ${usersPath}`)).toBe(1);
    expect(organisation.calls.count(`PATCH ${userPath}`)).toBe(0);
  });

  test("puts the user into the division that is named", async () => {
    const { outs } = await provider().create({ ...declared, division: "Claims" });
    expect(organisation.world.divisions.get(outs.divisionId)?.name).toBe("Claims");
    expect(userOf(outs.userId)?.divisionId).toBe(outs.divisionId);
  });

  test("restores a deleted user with that address: its state first and alone, then the rest", async () => {
    const old = organisation.world.addUser({ name: "Old", email, department: "Ops", state: "deleted" });
    const { id } = await provider().create(declared);
    expect(id).toBe(old.id);
    expect(userOf(id)).toMatchObject({ ...declared, department: "" });
    expect(organisation.calls.count(`PATCH ${userPath}`)).toBe(2);
    expect(traps()).toHaveLength(1);
  });

  test("does not restore a user with a telephone", async () => {
    const { id } = organisation.world.addUser({
      name: "Jane",
      email,
      state: "deleted",
      addresses: [{ mediaType: "PHONE", address: "+15551234" }],
    });
    await expect(provider().create(declared)).rejects.toThrow(
      `The user ${email} (${id}) has a telephone number`,
    );
    expect(userOf(id)?.state).toBe("deleted");
  });

  test("does not restore a user in another division", async () => {
    const claims = organisation.world.divisions.find(({ name }) => name === "Claims");
    const { id } = organisation.world.addUser({
      name: "Old",
      email,
      state: "deleted",
      divisionId: claims?.id ?? "",
    });
    await expect(provider().create(declared)).rejects.toThrow("is in the division Claims");
    expect(userOf(id)?.state).toBe("deleted");
  });

  test("refuses a living stranger, and says how to take it over", async () => {
    const stranger = organisation.world.addUser({ name: "Sam Backup", email });
    await expect(provider().create({ ...declared, division: "Claims" })).rejects.toThrow(
      `The user ${email} (${stranger.id}) exists already and differs from the declared one in name, title, division. If it is to become the trap, set adoptId: "${stranger.id}"; else declare another e-mail address.`,
    );
    expect(userOf(stranger.id)).toEqual(stranger);
  });

  test("takes what a killed run has made, which equals the declaration", async () => {
    const made = await provider().create(declared);
    expect((await provider().create({ ...declared, state: "inactive" })).id).toBe(made.id);
    expect(userOf(made.id)?.state).toBe("inactive");
  });

  test("finds the user whose creation got no answer", async () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: usersPath, times: 1 });
    const { id } = await provider().create(declared);
    expect(traps().map((user) => user.id)).toEqual([id]);
  });

  test("takes over a user that somebody made between the look and the call", async () => {
    const findByEmail = organisation.session().api.users.findByEmail;
    let looks = 0;
    const found = await provider().create(declared);
    const late = provider({
      findByEmail: async (address) => {
        looks += 1;
        return looks === 1 ? undefined : findByEmail(address);
      },
    });
    expect((await late.create(declared)).id).toBe(found.id);
  });

  test("hands on a conflict with a user that nobody can find", async () => {
    organisation.world.addUser({ name: "Hidden", email });
    const blind = provider({ findByEmail: async () => undefined });
    await expect(blind.create(declared)).rejects.toThrow("conflict");
  });

  test("hands on a plain refusal", async () => {
    organisation.faults.add({ fault: { kind: "status", status: 429 }, method: "POST", route: usersPath });
    await expect(provider().create(declared)).rejects.toThrow("rate limit");
    expect(traps()).toEqual([]);
  });

  test("repeats a PATCH whose answer was lost", async () => {
    organisation.world.addUser({ name: "Old", email, state: "deleted" });
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "PATCH", route: userPath, times: 1 });
    const { id } = await provider().create(declared);
    expect(userOf(id)).toMatchObject(declared);
  });

  test("keeps a user that it has restored and cannot finish, and finishes it later", async () => {
    const old = organisation.world.addUser({ name: "Old", email, state: "deleted" });
    organisation.faults.add({
      fault: { kind: "status", status: 503 },
      method: "PATCH",
      route: userPath,
      skip: 1,
    });
    const { id, properties, reasons } = await failureOf(provider().create(declared));
    expect(id).toBe(old.id);
    expect(reasons[0]).toContain("exists but is not finished");
    organisation.faults.clear();
    await provider().update(id, properties as never, declared);
    expect(userOf(id)).toMatchObject(declared);
  });
});

describe("a creation without an answer, when nothing can be looked up either", () => {
  const lost = async () => {
    loseAllAfter("POST", usersPath);
    const failure = await failureOf(provider().create(declared));
    organisation.faults.clear();
    return { id: failure.id, props: failure.properties as TrapUserInputs & { divisionId: string } };
  };

  test("is kept with what was asked for, and a refresh finds the user", async () => {
    const { id, props } = await lost();
    expect(id).toBe(`unconfirmed:${email}`);
    const read = await provider().read(id, props);
    expect(read).toMatchObject({ id: traps()[0]?.id, inputs: declared, props: { userId: traps()[0]?.id } });
  });

  test("is finished by the next deployment, whatever that declares", async () => {
    const { id, props } = await lost();
    const news = { ...declared, name: "Renamed" };
    const { outs } = await provider().update(id, props, news);
    expect(traps()).toMatchObject([{ id: outs.userId, name: "Renamed" }]);
    expect(await provider().diff(id, outs, news)).toMatchObject({ changes: false });
    expect(await provider().read(id, outs)).toMatchObject({ id: outs.userId });
    await provider().delete(id, outs);
    expect(traps()).toMatchObject([{ state: "deleted" }]);
  });

  test("is made again if it had no effect", async () => {
    const { id, props } = await lost();
    organisation.world.users.remove(traps()[0]?.id ?? "");
    expect(await provider().read(id, props)).toEqual({});
    const { outs } = await provider().update(id, props, declared);
    expect(traps().map((user) => user.id)).toEqual([outs.userId]);
  });

  test("is deleted with the stack", async () => {
    const { id, props } = await lost();
    await provider().delete(id, props);
    expect(traps()).toMatchObject([{ state: "deleted" }]);
    await provider().delete(id, props);
  });

  test("never deletes a user that is not what was asked for", async () => {
    const { id, props } = await lost();
    organisation.world.users.edit(traps()[0]?.id ?? "", { name: "Jane" });
    await provider().delete(id, props);
    expect(traps()).toMatchObject([{ state: "active" }]);
  });
});

describe("adoption", () => {
  test("makes an existing user what is declared", async () => {
    const { id } = organisation.world.addUser({ name: "Old", email, state: "inactive" });
    const adopted = await provider().create({ ...declared, adoptId: id });
    expect(adopted.id).toBe(id);
    expect(userOf(id)).toMatchObject(declared);
  });

  test.each<[string, (id: string) => TrapUserInputs, string]>([
    ["an id that nobody has", () => ({ ...declared, adoptId: "nobody" }), "there is no such user"],
    [
      "another address, which would be another user",
      (id) => ({ ...declared, email: "other@example.com", adoptId: id }),
      `its address is ${email}`,
    ],
    ["another division", (id) => ({ ...declared, division: "Claims", adoptId: id }), "in the division Home"],
  ])("refuses %s", async (_name, inputs, reason) => {
    const user = organisation.world.addUser({ name: "Old", email });
    await expect(provider().create(inputs(user.id))).rejects.toThrow(reason);
    expect(userOf(user.id)).toEqual(user);
  });
});

describe("read", () => {
  test("reports what was changed by hand, and no more", async () => {
    const { id, outs } = await provider().create({ ...declared, email: "System.Backup@example.com" });
    const claims = organisation.world.divisions.find(({ name }) => name === "Claims");
    organisation.world.users.edit(id, {
      title: "",
      department: "Fraud",
      state: "inactive",
      email,
      divisionId: claims?.id ?? "",
    });
    const { inputs } = await provider().read(id, outs);
    expect(inputs).toEqual({
      name: declared.name,
      email: "System.Backup@example.com",
      department: "Fraud",
      state: "inactive",
      division: "Claims",
    });
  });

  test("calls a user with another address moved", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.users.edit(id, { email: "elsewhere@example.com" });
    const { props = outs } = await provider().read(id, outs);
    expect(await provider().diff(id, props, declared)).toEqual({ changes: true, replaces: ["email"] });
  });

  test.each<[string, (id: string) => void]>([
    ["deleted", (id) => organisation.world.users.edit(id, { state: "deleted" })],
    ["unknown", (id) => organisation.world.users.remove(id)],
  ])("finds nothing where the user is %s", async (_name, change) => {
    const { id, outs } = await provider().create(declared);
    change(id);
    expect(await provider().read(id, outs)).toEqual({});
  });

  test("hands on what it cannot judge", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.faults.add({ fault: { kind: "status", status: 503 }, route: userPath });
    await expect(provider().read(id, outs)).rejects.toThrow();
  });
});

describe("update", () => {
  test("survives a read that is behind", async () => {
    await organisation.close();
    organisation = await startOrganisation({ lag: { gets: 2 } });
    const { id, outs } = await provider().create(declared);
    organisation.world.users.edit(id, { department: "Ops" });
    await provider().update(id, outs, { ...declared, name: "Renamed" });
    expect(userOf(id)).toMatchObject({ name: "Renamed", department: "" });
  });

  test.each<[string, Partial<GenesysApi["users"]>]>([
    [
      "changes it back each time",
      {
        update: async (id) => {
          organisation.world.users.edit(id, { name: "Mine" });
          throw new VersionConflictError({ service: "s", object: "o", method: "PATCH", route: "/" });
        },
      },
    ],
    [
      "is a platform that never shows the new version",
      {
        update: async () => {
          throw new VersionConflictError({ service: "s", object: "o", method: "PATCH", route: "/" });
        },
      },
    ],
  ])("gives up where somebody else %s", async (_name, broken) => {
    const { id, outs } = await provider().create(declared);
    await expect(provider(broken).update(id, outs, { ...declared, name: "Renamed" })).rejects.toThrow(
      "somebody else keeps changing it",
    );
  });

  test("restores a user deleted since", async () => {
    const { id, outs } = await provider().create(declared);
    await provider().delete(id, outs);
    await provider().update(id, outs, { ...declared, name: "Renamed" });
    expect(userOf(id)).toMatchObject({ name: "Renamed", state: "active" });
  });

  test("does not move a user, and says who can", async () => {
    const { id, outs } = await provider().create(declared);
    await expect(provider().update(id, outs, { ...declared, division: "Claims" })).rejects.toThrow(
      "is in the division Home",
    );
  });

  test("says that a user is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.users.remove(id);
    await expect(provider().update(id, outs, declared)).rejects.toThrow(`The user ${id} is gone`);
  });
});

describe("delete", () => {
  test("is soft, and done when the user is gone", async () => {
    const { id, outs } = await provider().create(declared);
    await provider().delete(id, outs);
    expect(userOf(id)?.state).toBe("deleted");
    await provider().delete(id, outs);
  });

  test.each([
    [2, true],
    [3, false],
  ])("after %i version conflicts: done %s", async (conflicts, done) => {
    const { id, outs } = await provider().create(declared);
    const real = organisation.session().api.users;
    let seen = 0;
    const contested = provider({
      delete: async (userId) => {
        seen += 1;
        if (seen <= conflicts)
          throw new VersionConflictError({ service: "s", object: "o", method: "DELETE", route: "/" });
        await real.delete(userId);
      },
    });
    const outcome = await contested.delete(id, outs).then(
      () => true,
      () => false,
    );
    expect([outcome, userOf(id)?.state]).toEqual([done, done ? "deleted" : "active"]);
  });

  test("spares the user whom the resource's successor has taken over in the same run", async () => {
    const { id, outs } = await provider().create(declared);
    const run = provider();
    await run.create(declared);
    await run.delete(id, outs);
    expect(userOf(id)?.state).toBe("active");
  });

  test("spares the user of a living resource, and not of one that is being replaced", async () => {
    const { id, outs } = await provider().create(declared);
    const keeping = provider();
    const { inputs } = await keeping.check(declared, declared);
    await keeping.diff(id, outs, inputs);
    await keeping.delete(id, outs);
    expect(userOf(id)?.state).toBe("active");
    const replacing = provider();
    const news = { ...declared, email: "other@example.com" };
    await replacing.check(declared, news);
    await replacing.diff(id, outs, news);
    await replacing.delete(id, outs);
    expect(userOf(id)?.state).toBe("deleted");
  });

  test("deletes what a refresh has compared and the program no longer declares", async () => {
    const { id, outs } = await provider().create(declared);
    const run = provider();
    await run.diff(id, outs, declared);
    await run.delete(id, outs);
    expect(userOf(id)?.state).toBe("deleted");
  });
});

describe("a user that somebody gave a role", () => {
  const supervise = (userId: string) => {
    const { world } = organisation;
    const grant = world.grant(world.roleNamed("Supervisor")?.id ?? "", "*");
    world.users.edit(userId, { grants: [...(userOf(userId)?.grants ?? []), grant] });
  };

  test("is reported by a refresh", async () => {
    const { id, outs } = await provider().create(declared);
    await provider().read(id, outs);
    expect(organisation.warnings).toEqual([]);
    supervise(id);
    expect((await provider().read(id, outs)).id).toBe(id);
    expect(organisation.warnings).toEqual([expect.stringContaining("somebody gave it the role Supervisor")]);
  });

  test("is not restored with it: a trap with rights would be a way in", async () => {
    const { id, outs } = await provider().create(declared);
    supervise(id);
    await provider().delete(id, outs);
    await expect(provider().create(declared)).rejects.toThrow(
      /has the role Supervisor: whoever works with it/,
    );
    expect(userOf(id)?.state).toBe("deleted");
  });
});
