import { AmbiguousOutcomeError, InvalidRequestError } from "../../../../apis/genesys/errors.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createIpAllowlistProvider,
  type IpAllowlistInputs,
  type IpAllowlistOutputs,
} from "../../../../providers/genesys/allowlist/ip-allowlist-provider.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const caller = "52.204.7.1";
const declared: IpAllowlistInputs = {
  entries: ["egress:primary", "52.204.1.0/24"],
  egress: { primary: [caller, "52.204.7.2"] },
  callerAddresses: [caller],
};
const addresses = ["52.204.1.0/24", "52.204.7.1/32", "52.204.7.2/32"];
const theirs = [`${caller}/32`, "52.209.0.0/24"];
const settingsPath = "/api/v2/organizations/authentication/settings";
const id = "organization";

let organisation: Organisation;
beforeEach(async () => {
  organisation = await startOrganisation({ callerAddress: caller });
});
afterEach(() => organisation.close());

/** The provider of a new host process; `patched` sees what is written and may fail. */
const provider = (patched?: (write: () => Promise<unknown>) => Promise<unknown>) => {
  const session = organisation.session();
  const { updateAuthenticationSettings: write } = session.api.organization;
  const api = {
    ...session.api,
    organization: {
      ...session.api.organization,
      updateAuthenticationSettings: async (patch: Parameters<typeof write>[0]) => {
        if (patched === undefined) return write(patch);
        await patched(() => write(patch));
        return {};
      },
    },
  };
  return createIpAllowlistProvider(() => ({ ...session, api }));
};
const set = (ipAddressAllowlist: string[]) =>
  organisation.world.settings.edit("authentication", { ipAddressAllowlist });
const held = () => organisation.world.settings.get("authentication")?.ipAddressAllowlist;
const failure = { service: "s", object: "o", method: "PATCH", route: "/" } as const;
const lostAnswer = async (write: () => Promise<unknown>) => {
  await write();
  throw new AmbiguousOutcomeError(failure, "no answer");
};

describe("check", () => {
  const check = async (inputs: object) =>
    (await provider().check({}, inputs as IpAllowlistInputs)).failures.map(
      ({ property, reason }) => `${property}: ${reason}`,
    );

  test.each<[string, object, string[]]>([
    ["a complete declaration", { ...declared, adoptId: id }, []],
    ["a block of any width that is not open", { entries: ["52.0.0.0/8"] }, []],
    ["IPv6", { entries: ["2001:470::/32"] }, ["entries[0]: 2001:470::/32 is IPv6"]],
    [
      "a private block",
      { entries: [caller, "10.1.0.0/16"] },
      ["entries[1]: 10.1.0.0/16 overlaps the private"],
    ],
    ["a reserved block", { entries: ["240.0.0.0/8"] }, ["entries[0]: 240.0.0.0/8 overlaps the reserved"]],
    ["an open list", { entries: ["0.0.0.0/0"] }, ["entries[0]: 0.0.0.0/0 lets every address in"]],
    ["an empty list", { entries: [] }, ["entries: The list holds no entry, and an empty list lets every"]],
    ["what is no address", { entries: ["office"] }, ["entries[0]: office is neither an address nor a CIDR"]],
    ["an entry twice", { entries: [caller, `${caller}/32`] }, ["entries[1]: 52.204.7.1/32 repeats entry 1"]],
    [
      "an egress that is not declared",
      { entries: ["egress:dr"], egress: declared.egress },
      ["entries[0]: egress:dr names an egress that is not declared. Write one of egress:primary"],
    ],
    [
      "any egress where none is declared",
      { entries: ["egress:dr"] },
      ["entries[0]: egress:dr names an egress"],
    ],
    [
      "an egress with a private address",
      { entries: ["egress:dr"], egress: { dr: ["10.0.0.1"] } },
      ["entries[0]: egress:dr stands for 10.0.0.1, which overlaps the private range"],
    ],
    [
      "an egress without addresses",
      { entries: [caller], egress: { dr: [] } },
      ["egress.dr: It must name an"],
    ],
    [
      "a list that locks its caller out",
      { entries: ["52.204.1.0/24"], callerAddresses: [caller, "52.204.1.9"] },
      ["callerAddresses: 52.204.7.1 is an address from which this program calls, and no entry covers it"],
    ],
    [
      "more than the platform holds",
      { entries: Array.from({ length: 151 }, (_, i) => `52.204.${i}.0/24`) },
      ["entries: The list resolves to 151 CIDRs, and the platform holds at most 150"],
    ],
    ["another adoptId", { entries: [caller], adoptId: "mine" }, ["adoptId: "]],
    ["an entry that is no text", { entries: [7] }, ["entries[0]: It must be string"]],
    [
      "callers and egresses that are no addresses",
      { entries: [caller], callerAddresses: [7, "here"], egress: { dr: ["office"] } },
      [
        "egress.dr[0]: It must be an address",
        "callerAddresses[0]: It must be",
        "callerAddresses[1]: It must be",
      ],
    ],
    ["no list", { entries: "open" }, ["entries: It must be Array"]],
  ])("%s", async (_name, inputs, failures) => {
    const found = await check(inputs);
    expect(found.map((each, i) => each.slice(0, failures[i]?.length))).toEqual(failures);
  });

  test.each<[string, object, string[]]>([
    ["passes what is unknown", { entries: unknown, egress: unknown, callerAddresses: unknown }, []],
    ["passes an egress whose addresses are unknown", { ...declared, egress: { primary: unknown } }, []],
    ["passes an unknown address of an egress", { ...declared, egress: { primary: [unknown] } }, []],
    ["passes any egress while all are unknown", { entries: ["egress:dr"], egress: unknown }, []],
    ["passes an unknown caller", { entries: ["52.204.1.0/24"], callerAddresses: [unknown] }, []],
    [
      "judges what is known beside an unknown entry, but nobody's lockout",
      { entries: [unknown, "10.0.0.1"], callerAddresses: [caller] },
      ["entries[1]: 10.0.0.1 overlaps the private range 10.0.0.0/8"],
    ],
  ])("%s", async (_name, inputs, failures) => {
    const found = await check(inputs);
    expect(found.map((each, i) => each.slice(0, failures[i]?.length))).toEqual(failures);
  });
});

describe("diff", () => {
  const olds: IpAllowlistOutputs = { ...declared, addresses, previous: [] };

  test.each<[string, Partial<IpAllowlistInputs>, boolean]>([
    ["nothing", {}, false],
    ["the order of entries and addresses", { entries: ["52.204.1.0/24", "egress:primary"] }, false],
    ["another spelling of an address", { egress: { primary: [`${caller}/32`, "52.204.7.2/32"] } }, false],
    ["other callers, who are judged and not sent", { callerAddresses: [] }, false],
    ["an egress with another address", { egress: { primary: [caller] } }, true],
    ["the same addresses by other words", { entries: addresses }, true],
    ["an unknown entry", { entries: [unknown] }, true],
    ["an unknown egress", { egress: { primary: unknown as never } }, true],
  ])("%s", async (_name, news, changes) => {
    expect(await provider().diff(id, olds, { ...declared, ...news })).toEqual({ changes });
    expect(organisation.calls.all).toEqual([]);
  });

  test("nothing, where there is no egress", async () => {
    const plain = { entries: [caller] };
    const { outs } = await provider().create(plain);
    expect(await provider().diff(id, outs, plain)).toEqual({ changes: false });
  });
});

describe("create", () => {
  test("sets the list, resolved, and nothing else of the settings", async () => {
    const { ipAddressAllowlist: _, ...before } = organisation.world.settings.get("authentication") ?? {};
    expect(await provider().create(declared)).toEqual({
      id,
      outs: { ...declared, addresses, previous: [] },
    });
    const { ipAddressAllowlist, ...after } = organisation.world.settings.get("authentication") ?? {};
    expect(ipAddressAllowlist).toEqual(addresses);
    expect(after).toEqual(before);
  });

  test("refuses a list that is in use, and says what it holds", async () => {
    set(theirs);
    await expect(provider().create(declared)).rejects.toThrow(
      "The organisation's allowlist is in use: it holds 52.204.7.1/32, 52.209.0.0/24.",
    );
    expect(held()).toEqual(theirs);
  });

  test("takes it over on demand, and gives it back on deletion", async () => {
    set(theirs);
    const { outs } = await provider().create({ ...declared, adoptId: id });
    expect(outs.previous).toEqual(theirs);
    await provider().delete(id, outs);
    expect(held()).toEqual(theirs);
  });

  test("never takes the work of a killed run for what was there before", async () => {
    await provider().create(declared);
    expect((await provider().create(declared)).outs.previous).toEqual([]);
    expect(organisation.calls.count(`PATCH ${settingsPath}`)).toBe(1);
  });

  test("stays strict on deletion where it was told to take over what already equals the declaration", async () => {
    set(addresses);
    const { outs } = await provider().create({ ...declared, adoptId: id });
    await provider().delete(id, outs);
    expect(held()).toEqual(addresses);
  });

  test("remembers what was there before, though the answer was lost", async () => {
    set(theirs);
    const error = await provider(lostAnswer)
      .create({ ...declared, adoptId: id })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (!(error instanceof PartialFailure)) throw new Error(`no partial failure: ${String(error)}`);
    expect(error.id).toBe(id);
    const { outs } = await provider().update(id, error.properties as IpAllowlistOutputs, declared);
    expect(outs.previous).toEqual(theirs);
    await provider().delete(id, outs);
    expect(held()).toEqual(theirs);
  });

  test("leaves nothing in the state where the platform refuses", async () => {
    const refusing = provider(async () => {
      throw new InvalidRequestError(failure);
    });
    await expect(refusing.create(declared)).rejects.toThrow(InvalidRequestError);
    expect(held()).toEqual([]);
  });
});

describe("read and update", () => {
  test("an untouched list is no drift, however the platform spells it", async () => {
    const { outs } = await provider().create(declared);
    set([caller, "52.204.7.2", "52.204.1.0/24"]);
    const { props = outs, inputs } = await provider().read(id, outs);
    expect(inputs).toEqual(declared);
    expect(await provider().diff(id, props, declared)).toEqual({ changes: false });
  });

  test("a changed list is drift, and the next deployment puts it right", async () => {
    const { outs } = await provider().create(declared);
    set([caller]);
    const { props = outs, inputs } = await provider().read(id, outs);
    expect(inputs).toMatchObject({ entries: [`${caller}/32`] });
    expect(await provider().diff(id, props, declared)).toEqual({ changes: true });
    await provider().update(id, props, declared);
    expect(held()).toEqual(addresses);
  });

  test("an emptied list is drift, and what was there before is not forgotten", async () => {
    set(theirs);
    const { outs } = await provider().create({ ...declared, adoptId: id });
    organisation.world.settings.edit("authentication", { ipAddressAllowlist: undefined as never });
    const { props } = await provider().read(id, outs);
    expect(props).toMatchObject({ addresses: [], previous: theirs });
  });

  test("an update writes only what is not there yet", async () => {
    const { outs } = await provider().create(declared);
    await provider().update(id, outs, { ...declared, entries: addresses });
    expect(organisation.calls.count(`PATCH ${settingsPath}`)).toBe(1);
  });
});

describe("delete", () => {
  test("empties a list that was empty before", async () => {
    const { outs } = await provider().create(declared);
    await provider().delete(id, outs);
    expect(held()).toEqual([]);
    await provider().delete(id, outs);
  });

  test("keeps a list that somebody else has changed, until a refresh accepts the change", async () => {
    const { outs } = await provider().create(declared);
    set([caller]);
    await expect(provider().delete(id, outs)).rejects.toThrow(
      "it was changed by somebody else and holds 52.204.7.1/32 instead of 52.204.1.0/24, 52.204.7.1/32, 52.204.7.2/32. To give it up all the same, run pulumi refresh to accept what it holds, then delete again: it goes back to nothing (open to every address).",
    );
    expect(held()).toEqual([caller]);
    const { props = outs } = await provider().read(id, outs);
    await provider().delete(id, props);
    expect(held()).toEqual([]);
  });

  test("spares the list that the resource's successor has taken over in the same run", async () => {
    const { outs } = await provider().create(declared);
    const run = provider();
    await run.create(declared);
    await run.delete(id, outs);
    expect(held()).toEqual(addresses);
  });

  test("spares the list of a living resource, and not of one that only a refresh has compared", async () => {
    const { outs } = await provider().create(declared);
    const run = provider();
    await run.check(declared, declared);
    await run.diff(id, outs, declared);
    await run.delete(id, outs);
    expect(held()).toEqual(addresses);
    const refreshing = provider();
    await refreshing.diff(id, outs, declared);
    await refreshing.delete(id, outs);
    expect(held()).toEqual([]);
  });
});
