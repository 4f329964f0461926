import {
  findInVaults,
  matchVault,
  type Stage,
  silentVault,
  staged,
  type Vault,
} from "../../../core/leak/vault.ts";

const version = (stage: Stage, clientId: string, fingerprint: string) => ({ stage, clientId, fingerprint });
const vault = (...versions: Vault["versions"]): Vault => ({ versions, isWhole: true });

const blueGreen = vault(
  version("AWSPREVIOUS", "old", "1"),
  version("AWSCURRENT", "now", "2"),
  version("AWSPENDING", "next", "3"),
);

test.each([
  ["old", "1", "AWSPREVIOUS"],
  ["now", "2", "AWSCURRENT"],
  ["next", "3", "AWSPENDING"],
] as const)("the secret of %s is the one under its label", (clientId, fingerprint, stage) => {
  expect(matchVault(blueGreen, clientId, fingerprint)).toEqual({ kind: "equal", stage });
  expect(matchVault(blueGreen, clientId, "9")).toEqual({ kind: "different" });
});

test("a store that does not name the client says nothing", () => {
  expect(matchVault(blueGreen, "other", "2")).toEqual({ kind: "silent" });
  expect(matchVault(silentVault, "now", "2")).toEqual({ kind: "silent" });
});

test("a store that could not be read whole knows no newest secret", () => {
  const torn = { ...blueGreen, isWhole: false };
  expect(matchVault(torn, "now", "2")).toEqual({ kind: "silent" });
  expect(matchVault(torn, "now", "9")).toEqual({ kind: "different" });
});

describe("of a client that is reset in place", () => {
  const done = vault(version("AWSPREVIOUS", "a", "1"), version("AWSCURRENT", "a", "2"));
  const underWay = vault(...done.versions, version("AWSPENDING", "a", "3"));

  test("the newest secret alone counts", () => {
    expect(matchVault(done, "a", "2")).toEqual({ kind: "equal", stage: "AWSCURRENT" });
    expect(matchVault(done, "a", "1")).toEqual({ kind: "different" });
    expect(matchVault(underWay, "a", "3")).toEqual({ kind: "equal", stage: "AWSPENDING" });
    expect(matchVault(underWay, "a", "2")).toEqual({ kind: "different" });
  });

  test("a version under two labels is the current one", () => {
    const both = vault(version("AWSPENDING", "a", "2"), version("AWSCURRENT", "a", "2"));
    expect(matchVault(both, "a", "2")).toEqual({ kind: "equal", stage: "AWSCURRENT" });
  });
});

test("a label is on one version, or on none", () => {
  expect(staged(blueGreen, "AWSCURRENT")?.clientId).toBe("now");
  expect(staged(silentVault, "AWSCURRENT")).toBeUndefined();
});

test("a secret without a client is looked for everywhere", () => {
  const found = { found: blueGreen.versions[1], isPartial: false };
  expect(findInVaults([vault(), blueGreen], "2")).toEqual(found);
  expect(findInVaults([silentVault, blueGreen], "2")).toEqual(found);
  expect(findInVaults([vault(), blueGreen], "9")).toEqual({ isPartial: false });
  expect(findInVaults([silentVault, blueGreen], "9")).toEqual({ isPartial: true });
});
