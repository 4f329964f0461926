import fc from "fast-check";
import { canonicalCidr } from "../../../core/allowlist/entry.ts";
import { networkOf } from "../../../core/allowlist/network.ts";
import {
  type AllowlistOptions,
  defaultWidestPrefix,
  maximumAllowlistCidrs,
} from "../../../core/allowlist/options.ts";
import { allowlistProblems } from "../../../core/allowlist/problems.ts";
import { covers, resolveEntries } from "../../../core/allowlist/resolve.ts";
import { specialRange } from "../../../core/allowlist/special-ranges.ts";
import { proof } from "../../proof.ts";
import { block } from "./addresses.ts";

const client = { purpose: "client" } as const;
const organisation = { purpose: "organisation" } as const;

const found = (entries: string[], options: AllowlistOptions = client) =>
  allowlistProblems(entries, options).map(({ code, entry, index }) => [code, entry, index]);

test("public blocks, single addresses and egresses are no problem", () => {
  const entries = ["52.204.1.0/24", "18.130.7.9", "52.0.0.0/16", "egress:primary"];
  expect(found(entries)).toEqual([]);
  expect(found(entries, organisation)).toEqual([]);
  expect(found(["2600:1f18::/48", "2a05:d018::7"])).toEqual([]);
});

test.each([
  ["office", "malformed", "is neither an address nor a CIDR nor an egress"],
  ["52.204.1.7/24", "malformed", "has bits set beyond its prefix"],
  ["egress:", "malformed", "does not name an egress"],
  ["0.0.0.0/0", "open", "lets every address in"],
  ["::/0", "open", "lets every address in"],
  ["0.0.0.0/1", "not-public", "overlaps the unspecified range 0.0.0.0/8"],
  [
    "10.1.0.0/16",
    "not-public",
    "overlaps the private range 10.0.0.0/8, from which no call can reach the platform",
  ],
  ["192.168.1.7", "not-public", "overlaps the private range 192.168.0.0/16"],
  ["fd00::/64", "not-public", "overlaps the unique local (private) range fc00::/7"],
  ["52.0.0.0/15", "too-wide", "is wider than the widest block allowed, /16"],
  ["2600:1f18::/47", "too-wide", "is wider than the widest block allowed, /48"],
])("%s is %s", (entry, code, reason) => {
  const problems = allowlistProblems(["18.130.7.9", entry], client);
  expect(problems).toEqual([expect.objectContaining({ code, entry, index: 1 })]);
  expect(problems[0]?.reason).toContain(reason);
  expect(problems[0]?.fix).toMatch(/^[A-Z].+[^.]$/);
});

test("the organisation's allowlist takes no IPv6, not even as an egress", () => {
  expect(found(["2600:1f18::/48", "18.130.7.9"], organisation)).toEqual([["ipv6", "2600:1f18::/48", 0]]);
  expect(
    allowlistProblems(["egress:dr"], { ...organisation, egressAddresses: { dr: ["2600:1f18::1"] } }),
  ).toEqual([
    {
      code: "ipv6",
      entry: "egress:dr",
      index: 0,
      reason: "stands for 2600:1f18::1, which is IPv6, and the organisation's allowlist holds IPv4 only",
      fix: "Write the IPv4 address of the same egress",
    },
  ]);
});

test("the widest block is for the caller to set, but never everything", () => {
  const widestPrefix = { ipv4: 20, ipv6: 0 };
  expect(
    found(["52.204.16.0/20", "52.204.0.0/19", "2600::/12", "::/0"], { ...client, widestPrefix }),
  ).toEqual([
    ["too-wide", "52.204.0.0/19", 1],
    ["open", "::/0", 3],
  ]);
  expect(found(["11.0.0.0/8", "2600::/12"], { ...client, widestPrefix: { ipv4: 0 } })).toEqual([
    ["too-wide", "2600::/12", 1],
  ]);
});

test("an entry said twice is a duplicate however it is written", () => {
  expect(
    allowlistProblems(
      ["18.130.7.9", "egress:dr", "18.130.7.9/32", "egress:dr", "office", "office"],
      client,
    ).filter(({ code }) => code === "duplicate"),
  ).toEqual([
    {
      code: "duplicate",
      entry: "18.130.7.9/32",
      index: 2,
      reason: "repeats entry 1, 18.130.7.9",
      fix: "Remove one of the two",
    },
    {
      code: "duplicate",
      entry: "egress:dr",
      index: 3,
      reason: "repeats entry 2, egress:dr",
      fix: "Remove one of the two",
    },
  ]);
});

test("different egresses are no duplicates", () => {
  expect(found(["egress:primary", "egress:dr", "52.204.1.0/24", "52.204.1.0/25"])).toEqual([]);
});

describe("egresses", () => {
  test("any name passes where the declared ones are not known", () => {
    expect(found(["egress:primary"])).toEqual([]);
  });

  test("an undeclared one is refused with the declared ones", () => {
    expect(allowlistProblems(["egress:primry"], { ...client, egressNames: ["primary", "dr"] })).toEqual([
      {
        code: "unknown-egress",
        entry: "egress:primry",
        index: 0,
        reason: "names an egress that is not declared",
        fix: "Write one of egress:primary, egress:dr, or declare the egress",
      },
    ]);
    expect(allowlistProblems(["egress:dr"], { ...client, egressNames: [] })[0]?.fix).toBe(
      "Declare the egress, or write its addresses",
    );
  });

  test("the names of the addresses count as declared", () => {
    const egressAddresses = { primary: ["18.130.7.9"] };
    expect(found(["egress:primary"], { ...client, egressAddresses })).toEqual([]);
    expect(found(["egress:dr"], { ...client, egressAddresses })).toEqual([
      ["unknown-egress", "egress:dr", 0],
    ]);
    expect(found(["egress:toString"], { ...client, egressAddresses })).toEqual([
      ["unknown-egress", "egress:toString", 0],
    ]);
    expect(found(["egress:dr"], { ...client, egressAddresses, egressNames: ["dr"] })).toEqual([]);
  });

  test("their addresses are judged like entries", () => {
    const problems = allowlistProblems(["egress:dr"], {
      ...client,
      egressAddresses: { dr: ["18.130.7.9", "10.0.0.7", "nat-7"] },
    });
    expect(problems[1]?.fix).toBe("Correct the addresses of the egress");
    expect(problems.map(({ code, reason }) => [code, reason])).toEqual([
      [
        "not-public",
        "stands for 10.0.0.7, which overlaps the private range 10.0.0.0/8, from which no call can reach the platform",
      ],
      ["malformed", "stands for nat-7, which is no address"],
    ]);
  });
});

test("an empty list lets everybody in", () => {
  expect(allowlistProblems([], { ...organisation, callerAddresses: ["18.130.7.9"] })).toEqual([
    {
      code: "empty",
      entry: "",
      index: undefined,
      reason: "holds no entry, and an empty list lets every address in",
      fix: "List the addresses from which the calls come, or leave the list out",
    },
  ]);
});

describe("the platform's limit", () => {
  const addresses = (count: number) => Array.from({ length: count }, (_, index) => `18.130.${index}.7`);

  test("counts the resolved list", () => {
    expect(maximumAllowlistCidrs).toBe(150);
    expect(found(addresses(150))).toEqual([]);
    expect(allowlistProblems(addresses(151), client)).toEqual([
      {
        code: "too-many",
        entry: "",
        index: undefined,
        reason: "resolves to 151 CIDRs, and the platform holds at most 150",
        fix: "Join neighbouring blocks, or route the callers through fewer addresses",
      },
    ]);
    const egressAddresses = { dr: ["18.131.0.1", "18.131.0.2"] };
    expect(found([...addresses(149), "egress:dr"], { ...client, egressAddresses })).toEqual([
      ["too-many", "", undefined],
    ]);
    expect(found([...addresses(148), "egress:dr"], { ...client, egressAddresses })).toEqual([]);
  });
});

describe("self-lockout", () => {
  const callerAddresses = ["18.130.7.9", "2600:1f18::1"];

  test("every caller must be covered", () => {
    expect(allowlistProblems(["52.204.1.0/24", "2600:1f18::/48"], { ...client, callerAddresses })).toEqual([
      {
        code: "lockout",
        entry: "18.130.7.9",
        index: undefined,
        reason: "is an address from which this program calls, and no entry covers it",
        fix: "Add 18.130.7.9 to the entries, or call from an address that is listed",
      },
    ]);
    expect(found(["18.130.7.0/24", "2600:1f18::/48"], { ...client, callerAddresses })).toEqual([]);
  });

  test("an egress covers what it stands for, once its addresses are known", () => {
    const options = { ...organisation, callerAddresses: ["18.130.7.9"] };
    expect(found(["egress:dr"], { ...options, egressAddresses: { dr: ["18.130.7.9"] } })).toEqual([]);
    expect(found(["egress:dr"], { ...options, egressAddresses: { dr: ["18.130.7.8"] } })).toEqual([
      ["lockout", "18.130.7.9", undefined],
    ]);
    expect(found(["egress:dr"], { ...options, egressAddresses: { dr: [] } })).toEqual([]);
    expect(found(["egress:dr"], { ...options, egressNames: ["dr"] })).toEqual([]);
  });

  test("nothing is said while an entry is not understood", () => {
    expect(found(["18.130.7.0/33", "52.204.1.0/24"], { ...client, callerAddresses })).toEqual([
      ["malformed", "18.130.7.0/33", 0],
    ]);
    const egressAddresses = { dr: ["18.130.7.8", "nat-7"] };
    expect(found(["egress:dr"], { ...client, callerAddresses, egressAddresses })).toEqual([
      ["malformed", "egress:dr", 0],
    ]);
  });
});

proof(
  "a list without problems is public, narrow, small, and covers its callers",
  { quick: 300, full: 10000 },
  (numRuns, seed) => {
    const entry = fc.oneof(
      {
        weight: 8,
        arbitrary: block.map(({ address, prefix }) => String(canonicalCidr(`${address}/${prefix}`))),
      },
      { weight: 1, arbitrary: fc.constantFrom("egress:primary", "egress:dr", "office", "52.204.1.7/24") },
    );
    const options = fc.record({
      purpose: fc.constantFrom("client" as const, "organisation" as const),
      egressAddresses: fc.constantFrom(
        undefined,
        { primary: ["52.204.1.7"] },
        { primary: [], dr: ["nat-7"] },
      ),
      callerAddresses: fc.constantFrom(undefined, ["52.204.1.7"]),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), options, (entries, given) => {
        const problems = allowlistProblems(entries, given);
        for (const problem of problems)
          if (problem.index !== undefined) expect(problem.entry).toBe(entries[problem.index]);
        if (problems.length > 0) return;
        const literal = entries.filter((each) => !each.startsWith("egress:"));
        for (const each of resolveEntries(literal)) {
          const { family, prefix } = networkOf(each);
          expect(specialRange(networkOf(each))).toBeUndefined();
          expect(prefix).toBeGreaterThanOrEqual(
            family === 4 ? defaultWidestPrefix.ipv4 : defaultWidestPrefix.ipv6,
          );
          if (given.purpose === "organisation") expect(family).toBe(4);
        }
        if (literal.length === entries.length)
          for (const caller of given.callerAddresses ?? [])
            expect(covers(resolveEntries(entries), caller)).toBe(true);
      }),
      { numRuns, seed },
    );
  },
);
