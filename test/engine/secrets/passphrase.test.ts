import { randomBytes } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { type Crypter, openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { proof } from "../../proof.ts";
import { mistakeOf, useWorkspace } from "../project/workspace.ts";

const workspace = useWorkspace();

/**
 * Pulumi's own test vector, for the passphrase "password".
 * https://github.com/pulumi/pulumi/blob/master/pkg/secrets/passphrase/manager_test.go (`state`)
 */
const vector = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

describe("a passphrase", () => {
  test("opens what the Pulumi CLI has sealed", async () => {
    const crypter = await openPassphrase({
      salt: vector,
      environment: { PULUMI_CONFIG_PASSPHRASE: "password" },
    });
    expect(crypter.salt).toBe(vector);
    expect(crypter.decrypt(vector.split(":").slice(2).join(":"))).toBe("pulumi");
  });

  test("comes from a file too, whose ends are trimmed", async () => {
    const root = workspace.write({ phrase: "  password\n" });
    const environment = { PULUMI_CONFIG_PASSPHRASE_FILE: join(root, "phrase") };
    expect((await openPassphrase({ salt: vector, environment })).salt).toBe(vector);
  });

  test("of the environment goes before that of a file, and may be empty", async () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere" };
    const { salt } = await openPassphrase({ environment });
    expect((await openPassphrase({ salt, environment })).salt).toBe(salt);
  });

  test("that is wrong is called so", async () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE: randomBytes(9).toString("hex") };
    const mistake = await mistakeOf(() => openPassphrase({ salt: vector, environment }));
    expect(mistake).toMatchObject({
      code: "incorrect-passphrase",
      message: expect.stringContaining("incorrect passphrase"),
    });
    expect(mistake.message).not.toContain(environment.PULUMI_CONFIG_PASSPHRASE);
  });

  test.each([{}, { PULUMI_CONFIG_PASSPHRASE_FILE: "" }])(
    "that is missing is asked for (%p)",
    async (environment) => {
      const mistake = await mistakeOf(() => openPassphrase({ salt: vector, environment }));
      expect(mistake).toMatchObject({
        code: "missing-passphrase",
        message: expect.stringMatching(/PULUMI_CONFIG_PASSPHRASE.*PULUMI_CONFIG_PASSPHRASE_FILE/),
      });
    },
  );

  test("whose file cannot be read is asked for with the file's path", async () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere/phrase" };
    const mistake = await mistakeOf(() => openPassphrase({ environment }));
    expect(mistake).toMatchObject({
      code: "unreadable-passphrase-file",
      message: expect.stringContaining("/nowhere/phrase"),
    });
  });

  test.each(["", "v1", "v2:fozI5u6B030=:v1:a:b", "fozI5u6B030=:v1:F+6ZduKKd8G0"])(
    "does not fit the salt %p",
    async (salt) => {
      const mistake = await mistakeOf(() =>
        openPassphrase({ salt, environment: { PULUMI_CONFIG_PASSPHRASE: "x" } }),
      );
      expect(mistake).toMatchObject({
        code: "unknown-salt",
        message: expect.stringContaining("encryptionsalt"),
      });
    },
  );
});

describe("a new passphrase", () => {
  const environment = { PULUMI_CONFIG_PASSPHRASE: randomBytes(9).toString("hex") };
  let crypter: Crypter;
  beforeAll(async () => {
    crypter = await openPassphrase({ environment });
  });

  test("has a salt of 8 bytes and a proof of itself", async () => {
    const [version, salt = "", ...witness] = crypter.salt.split(":");
    expect(version).toBe("v1");
    expect(Buffer.from(salt, "base64")).toHaveLength(8);
    expect(crypter.decrypt(witness.join(":"))).toBe("pulumi");
  });

  test("gives equal texts different ciphertexts", () => {
    expect(crypter.encrypt("same")).not.toBe(crypter.encrypt("same"));
  });

  proof(
    "every text comes back, and its ciphertext never shows it",
    { quick: 200, full: 5_000 },
    (runs, seed) => {
      fc.assert(
        fc.property(fc.string({ unit: "grapheme" }), (text) => {
          const sealed = crypter.encrypt(text);
          expect(sealed).toMatch(/^v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]+=*$/);
          expect(crypter.decrypt(sealed)).toBe(text.toWellFormed());
        }),
        { numRuns: runs, seed },
      );
    },
  );

  proof("no changed ciphertext is taken", { quick: 100, full: 2_000 }, (runs, seed) => {
    const sealed = crypter.encrypt("text");
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(..."AZaz09+/:v"), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        // The unused bits of the last character of base64 are not part of the message.
        const [, nonce = "", body = ""] = sealed.split(":");
        const [, otherNonce = "", otherBody = ""] = changed.split(":");
        const same =
          changed.startsWith("v1:") &&
          changed.split(":").length === 3 &&
          Buffer.from(nonce, "base64").equals(Buffer.from(otherNonce, "base64")) &&
          Buffer.from(body, "base64").equals(Buffer.from(otherBody, "base64"));
        if (!same) expect(() => crypter.decrypt(changed)).toThrow("cannot be decrypted");
      }),
      { numRuns: runs, seed },
    );
  });

  test.each(["", "text", "v1:AAAA", "v1:AAAA:AAAA", "v2:a:b", "v1:AAAAAAAAAAAAAAAA:AAAA", "v1:a:b:c"])(
    "does not take %p for a ciphertext",
    async (text) => {
      const mistake = await mistakeOf(() => crypter.decrypt(text));
      expect(mistake).toMatchObject({
        code: "damaged-secret",
        message: expect.stringContaining("cannot be decrypted"),
      });
    },
  );
});
