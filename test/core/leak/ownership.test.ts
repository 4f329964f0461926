import { credentialOf, generationKind, ownershipOf } from "../../../core/leak/ownership.ts";
import { silentVault, type Vault } from "../../../core/leak/vault.ts";
import { emptyRecord, type Generation, withGeneration } from "../../../core/rotation/credential-record.ts";
import { credential } from "../rotation/credentials.ts";

const erp = { ...credential, id: "erp", owner: "guard:acme/guard/prod/erp~0badcafe" };
const declared = {
  rotation: { credentials: [credential, erp] },
  leak: {
    clients: [
      { id: "portal", clientId: "p" },
      { id: "kiosk", clientId: "k", secretArn: "arn:k" },
    ],
    decoys: [{ id: "billing", clientId: "d" }],
  },
};
const vault: Vault = {
  versions: [
    { stage: "AWSCURRENT", clientId: "now", fingerprint: "1" },
    { stage: "AWSPENDING", clientId: "next", fingerprint: "2" },
    { stage: "AWSPREVIOUS", clientId: "old", fingerprint: "3" },
  ],
  isWhole: true,
};

describe("the credential that a client is a generation of", () => {
  test("is named by its marker", () => {
    const described = { clientId: "a", description: `ERP ${erp.owner}#0a` };
    expect(credentialOf(described, declared)).toBe(erp);
    expect(credentialOf(described, declared, { crm: { ...vault, versions: [] } })).toBe(erp);
  });

  test("is the one whose store names the client, if it has no marker of one", () => {
    expect(credentialOf({ clientId: "old" }, declared, { erp: vault })).toBe(erp);
    expect(credentialOf({ clientId: "old", description: "guard:x#0a" }, declared, { erp: vault })).toBe(erp);
    expect(credentialOf({ clientId: "other" }, declared, { erp: vault })).toBeUndefined();
    expect(credentialOf({ clientId: "old" }, declared)).toBeUndefined();
  });
});

describe("a generation", () => {
  test.each([
    ["now", "current"],
    ["next", "pending"],
    ["old", "superseded"],
    ["older", "superseded"],
  ])("%s is %s by the store's labels", (clientId, kind) => {
    expect(generationKind(clientId, { vault, record: emptyRecord })).toBe(kind);
  });

  const client = { clientId: "a", token: "0a", madeAt: 1 };
  test.each<[Generation, string]>([
    [{ ...client, phase: "live" }, "current"],
    [{ ...client, phase: "pending" }, "pending"],
    [{ ...client, phase: "draining", supersededAt: 1 }, "superseded"],
    [{ ...client, phase: "observing", supersededAt: 1, look: { at: 1 } }, "superseded"],
    [{ ...client, phase: "inactive", supersededAt: 1, inactiveAt: 2 }, "superseded"],
  ])("%j is %s by the ledger where the store cannot be read", (generation, kind) => {
    const record = withGeneration(emptyRecord, generation);
    expect(generationKind("a", { vault: silentVault, record })).toBe(kind);
    expect(generationKind("a", { vault: { ...vault, isWhole: false }, record })).toBe(kind);
    expect(generationKind("a", { vault: { versions: [], isWhole: true }, record })).toBe(kind);
  });

  test("of which nobody knows anything counts as current", () => {
    expect(generationKind("a", { vault: silentVault, record: emptyRecord })).toBe("current");
  });
});

describe("a client", () => {
  const state = { credentialId: "crm", vault, record: emptyRecord };
  const of = (clientId: string, description?: string) => ({
    clientId,
    isOfOrganization: true,
    ...(description === undefined ? {} : { description }),
  });

  test("that is a decoy is one before anything else", () => {
    expect(ownershipOf(of("d"), declared, state)).toEqual({ kind: "decoy", id: "billing" });
  });

  test("is declared, with its secret in the store or without", () => {
    expect(ownershipOf(of("p"), declared, undefined)).toEqual({ kind: "declared", id: "portal" });
    expect(ownershipOf(of("k"), declared, undefined)).toEqual({
      kind: "declared",
      id: "kiosk",
      secretArn: "arn:k",
    });
  });

  test("is a generation", () => {
    expect(ownershipOf(of("old"), declared, state)).toEqual({
      kind: "rotated",
      credentialId: "crm",
      generation: "superseded",
    });
    expect(ownershipOf({ clientId: "now", isOfOrganization: false }, declared, state)).toEqual({
      kind: "rotated",
      credentialId: "crm",
      generation: "current",
    });
  });

  test("is of the organisation alone, with whatever its marker says", () => {
    expect(ownershipOf(of("x"), declared, undefined)).toEqual({ kind: "unmanaged" });
    expect(ownershipOf(of("x", "X guard:acme/guard/test/x~0badcafe#0a"), declared, undefined)).toEqual({
      kind: "unmanaged",
      owner: "guard:acme/guard/test/x~0badcafe",
    });
  });

  test("is foreign", () => {
    expect(ownershipOf({ clientId: "x", isOfOrganization: false }, declared, undefined)).toEqual({
      kind: "foreign",
    });
  });
});
