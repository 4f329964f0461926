import { BlockList } from "node:net";
import fc from "fast-check";
import { canonicalCidr, parseAllowlistEntry } from "../../../core/allowlist/entry.ts";
import { proof } from "../../proof.ts";
import { block, boundsOf, numberOf } from "./addresses.ts";

const example = "Write a CIDR such as 52.204.1.0/24, a single address, or egress:NAME";

describe("parseAllowlistEntry", () => {
  test.each([
    ["52.204.1.0/24", 4, "52.204.1.0/24", 24],
    ["52.204.1.7", 4, "52.204.1.7/32", 32],
    ["52.204.1.7/32", 4, "52.204.1.7/32", 32],
    ["0.0.0.0/0", 4, "0.0.0.0/0", 0],
    ["::/0", 6, "::/0", 0],
    ["2600:1F18:0:0::/48", 6, "2600:1f18::/48", 48],
    ["2600:1f18::1", 6, "2600:1f18::1/128", 128],
    ["::1.2.3.4", 6, "::102:304/128", 128],
    ["::ffff:1.2.3.4/128", 6, "::ffff:102:304/128", 128],
    ["2600:1f18::1/128", 6, "2600:1f18::1/128", 128],
  ] as const)("reads %s", (text, family, network, prefix) => {
    expect(parseAllowlistEntry(text)).toEqual({ kind: "cidr", family, network, prefix });
  });

  test.each([
    "",
    " ",
    "52.204.1.0 /24",
    " 52.204.1.0",
    "52.204.1",
    "52.204.1.256",
    "052.204.1.0",
    "52.204.1.0/33",
    "52.204.1.0/024",
    "52.204.1.0/00",
    "52.204.1.0/-1",
    "52.204.1.0/",
    "52.204.1.0/2a",
    "52.204.1.0/1000",
    "52.204.1.0/24/24",
    "52.204.1.0/255.255.255.0",
    "2600:1f18::/129",
    "2600:1f18::1%eth0",
    "/24",
    "office",
    "EGRESS:primary",
  ])("refuses %j", (text) => {
    expect(parseAllowlistEntry(text)).toEqual({
      kind: "invalid",
      reason: "is neither an address nor a CIDR nor an egress",
      fix: example,
    });
  });

  test.each([
    ["52.204.1.7/24", "52.204.1.0/24"],
    ["52.204.1.1/31", "52.204.1.0/31"],
    ["1.0.0.0/0", "0.0.0.0/0"],
    ["2600:1f18::1/48", "2600:1f18::/48"],
  ])("refuses the bits beyond the prefix of %s and says what to write", (text, canonical) => {
    expect(parseAllowlistEntry(text)).toEqual({
      kind: "invalid",
      reason: "has bits set beyond its prefix, so that it is unclear which addresses are meant",
      fix: `Write ${canonical} for the whole block, or the address alone for one host`,
    });
  });

  test.each(["primary", "dr", "A", "a.b_c-d", "9", "x".repeat(63)])("reads egress:%s", (name) => {
    expect(parseAllowlistEntry(`egress:${name}`)).toEqual({ kind: "egress", name });
  });

  test.each(["", " ", "-x", "a b", "a/b", "x\n", "\nx", "x".repeat(64)])("refuses egress:%j", (name) => {
    expect(parseAllowlistEntry(`egress:${name}`)).toEqual({
      kind: "invalid",
      reason: "does not name an egress",
      fix: "Name the egress with 1 to 63 letters, digits, dots, dashes or underscores, such as egress:primary",
    });
  });
});

describe("canonicalCidr", () => {
  test("is undefined for what is no network", () => {
    expect(canonicalCidr("egress:primary")).toBeUndefined();
    expect(canonicalCidr("52.204.1.0/33")).toBeUndefined();
  });

  test("clears host bits", () => {
    expect(canonicalCidr("52.204.1.7/24")).toBe("52.204.1.0/24");
  });

  proof(
    "the canonical text is the same block, and its own canonical text",
    { quick: 300, full: 5000 },
    (numRuns, seed) => {
      fc.assert(
        fc.property(block, ({ family, address, prefix }) => {
          const text = canonicalCidr(`${address}/${prefix}`);
          const [first, last] = boundsOf({ family, address, prefix });
          expect(text).toBeDefined();
          expect(canonicalCidr(String(text))).toBe(text);
          const [network = "", length] = String(text).split("/");
          expect(boundsOf({ family, address: network, prefix: Number(length) })).toEqual([first, last]);
          expect(numberOf(network)).toBe(first);
          // node:net agrees that the address belongs to it.
          const list = new BlockList();
          list.addSubnet(network, prefix, family === 4 ? "ipv4" : "ipv6");
          expect(list.check(address, family === 4 ? "ipv4" : "ipv6")).toBe(true);
        }),
        { numRuns, seed },
      );
    },
  );

  proof(
    "a block is accepted as an entry exactly when its host bits are clear",
    { quick: 300, full: 5000 },
    (numRuns, seed) => {
      fc.assert(
        fc.property(block, fc.boolean(), ({ family, address, prefix }, clear) => {
          const start = canonicalCidr(`${address}/${prefix}`);
          const text = clear ? String(start) : `${address}/${prefix}`;
          const [first] = boundsOf({ family, address, prefix });
          expect(parseAllowlistEntry(text).kind).toBe(
            clear || numberOf(address) === first ? "cidr" : "invalid",
          );
        }),
        { numRuns, seed },
      );
    },
  );

  proof("no text makes the parser throw", { quick: 500, full: 20000 }, (numRuns, seed) => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-f:./%]{0,45}$/),
      fc.string().map((each) => `egress:${each}`),
    );
    fc.assert(
      fc.property(text, (each) => {
        expect(["cidr", "egress", "invalid"]).toContain(parseAllowlistEntry(each).kind);
      }),
      { numRuns, seed },
    );
  });
});
