import { randomBytes } from "node:crypto";
import fc from "fast-check";
import {
  type PropertyMap,
  type PropertyValue,
  secret,
  signatureKey,
  signatures,
  unknownValue,
} from "../../../engine/model/property.ts";
import { type Crypter, openPassphrase } from "../../../engine/secrets/passphrase.ts";
import { createSecretCodec, holdsSecret } from "../../../engine/state/secrets.ts";
import { proof } from "../../proof.ts";
import { mistakeOf } from "../project/workspace.ts";

let crypter: Crypter;
let other: Crypter;
beforeAll(async () => {
  const environment = { PULUMI_CONFIG_PASSPHRASE: randomBytes(9).toString("hex") };
  [crypter, other] = await Promise.all([openPassphrase({ environment }), openPassphrase({ environment })]);
});

const output = (members: PropertyMap): PropertyMap => ({ [signatureKey]: signatures.output, ...members });
const sealedBy = (owner: Crypter, plaintext: string): PropertyMap => ({
  [signatureKey]: signatures.secret,
  ciphertext: owner.encrypt(plaintext),
});
/** What the ciphertext of a single encrypted value says. */
const plaintextOf = (value: PropertyValue): string =>
  crypter.decrypt(String((value as PropertyMap).ciphertext));

describe("a secret is written as the Pulumi CLI writes it", () => {
  test.each<[string, PropertyValue, string]>([
    ["a text", "s3cret", '"s3cret"'],
    ["an empty text", "", '""'],
    ["nothing", null, "null"],
    ["a number", 5, "5"],
    ["an object", { a: [true] }, '{"a":[true]}'],
    ["an unknown value", unknownValue, JSON.stringify(unknownValue)],
  ])("%s", (_, value, plaintext) => {
    const written = createSecretCodec().encrypt(secret(value), crypter);
    expect(Object.keys(written as PropertyMap)).toEqual([signatureKey, "ciphertext"]);
    expect(plaintextOf(written)).toBe(plaintext);
  });

  test("a secret inside of a secret is only marked", () => {
    const nested = secret({ outer: secret({ inner: secret("x") }) });
    const written = createSecretCodec().encrypt(nested, crypter);
    const outer = JSON.parse(plaintextOf(written)).outer;
    expect(outer[signatureKey]).toBe(signatures.secret);
    expect(JSON.parse(outer.ciphertext).inner).toEqual({
      [signatureKey]: signatures.secret,
      ciphertext: '"x"',
    });
    expect(createSecretCodec().decrypt(written, crypter)).toEqual(nested);
  });

  test("a secret output becomes a secret, any other its value", () => {
    const codec = createSecretCodec();
    expect(plaintextOf(codec.encrypt(output({ value: "x", secret: true }), crypter))).toBe('"x"');
    expect(plaintextOf(codec.encrypt(output({ secret: true }), crypter))).toBe(JSON.stringify(unknownValue));
    expect(codec.encrypt(output({ value: null, dependencies: [] }), crypter)).toBeNull();
    expect(codec.encrypt({ a: output({}) }, crypter)).toEqual({ a: unknownValue });
  });

  test("assets and references are left as they are", () => {
    const value = {
      a: { [signatureKey]: signatures.asset, text: "x" },
      b: { [signatureKey]: signatures.resource, urn: "u" },
    };
    expect(createSecretCodec().encrypt(value, crypter)).toBe(value);
    expect(createSecretCodec().decrypt(value, crypter)).toBe(value);
  });
});

describe("a secret is read", () => {
  test("from an export with secrets in clear, which needs no passphrase", () => {
    const exported = { [signatureKey]: signatures.secret, plaintext: '{"a":1}' };
    expect(createSecretCodec().decrypt([exported], undefined)).toEqual([secret({ a: 1 })]);
  });

  test.each<[string, () => PropertyMap]>([
    ["both forms", () => ({ ...sealedBy(crypter, '"x"'), plaintext: '"x"' })],
    ["neither form", () => ({ [signatureKey]: signatures.secret })],
    ["a number for ciphertext", () => ({ [signatureKey]: signatures.secret, ciphertext: 5 })],
    ["what is not JSON", () => sealedBy(crypter, "canary in clear")],
  ])("never from %s", async (_, value) => {
    const mistake = await mistakeOf(() => createSecretCodec().decrypt({ a: value() }, crypter));
    expect(mistake.code).toBe("damaged-state");
    expect(mistake.message).not.toContain("canary");
    expect(mistake.cause).toBeUndefined();
  });

  test("never without the salt that it was encrypted with", async () => {
    const value = sealedBy(crypter, '"x"');
    expect((await mistakeOf(() => createSecretCodec().decrypt(value, undefined))).code).toBe("damaged-state");
    expect((await mistakeOf(() => createSecretCodec().decrypt(value, other))).code).toBe("damaged-secret");
  });
});

describe("a secret is encrypted once", () => {
  const counting = () => {
    let count = 0;
    const counted: Crypter = {
      salt: crypter.salt,
      decrypt: crypter.decrypt,
      encrypt: (text) => {
        count += 1;
        return crypter.encrypt(text);
      },
    };
    return { counted, count: () => count };
  };

  test("however often it is saved", () => {
    const { counted, count } = counting();
    const codec = createSecretCodec();
    const state = {
      a: secret("x"),
      b: [secret({ deep: secret("y") }), output({ value: "z", secret: true })],
    };
    const first = codec.encrypt(state, counted);
    for (let save = 0; save < 50; save += 1) expect(codec.encrypt({ ...state }, counted)).toEqual(first);
    expect(count()).toBe(3);
  });

  test("and not at all if it was read", () => {
    const { counted, count } = counting();
    const codec = createSecretCodec();
    const written = { a: sealedBy(crypter, '{"deep":[1,{"b":null}]}') };
    expect(codec.encrypt(codec.decrypt(written, counted), counted)).toEqual(written);
    expect(count()).toBe(0);
  });

  test("but again when it has changed, or the passphrase has", () => {
    const { counted, count } = counting();
    const codec = createSecretCodec();
    const held = secret("x");
    codec.encrypt(held, counted);
    held.value = "y";
    expect(plaintextOf(codec.encrypt(held, counted))).toBe('"y"');
    expect(count()).toBe(2);
    const moved = codec.encrypt(held, other) as PropertyMap;
    expect(other.decrypt(String(moved.ciphertext))).toBe('"y"');
  });

  test("and equal secrets do not share a ciphertext", () => {
    const [a, b] = createSecretCodec().encrypt([secret("x"), secret("x")], crypter) as PropertyMap[];
    expect(a?.ciphertext).not.toBe(b?.ciphertext);
  });
});

proof(
  "every value survives, and no planted canary is seen in what is written",
  { quick: 200, full: 5_000 },
  (runs, seed) => {
    const canary = randomBytes(16).toString("hex");
    const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const key = fc.string({ minLength: 1, maxLength: 4 }).filter((name) => name !== "__proto__");
    const trees = fc.letrec<{ open: PropertyValue; hidden: PropertyValue }>((tie) => ({
      // Within a secret: canaries anywhere, as texts, as parts of texts, as keys.
      hidden: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<PropertyValue>(canary, `before ${canary} after`, { [canary]: 1 }),
        fc.array(tie("hidden"), { maxLength: 3 }),
        fc.dictionary(key, tie("hidden"), { maxKeys: 3 }),
        tie("hidden").map(secret),
      ),
      open: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        plain,
        tie("hidden").map(secret),
        fc.array(tie("open"), { maxLength: 4 }),
        fc.dictionary(key, tie("open"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(trees.open, (value) => {
        const codec = createSecretCodec();
        const before = JSON.stringify(value);
        const written = codec.encrypt(value, crypter);
        expect(JSON.stringify(written)).not.toContain(canary);
        expect(JSON.stringify(value)).toBe(before);
        expect(holdsSecret(written)).toBe(holdsSecret(value));
        const read = createSecretCodec().decrypt(JSON.parse(JSON.stringify(written)), crypter);
        expect(read).toEqual(JSON.parse(before));
      }),
      { numRuns: runs, seed },
    );
  },
);

test("a value is known to hold a secret", () => {
  expect(holdsSecret({ a: [{ b: secret(1) }] })).toBe(true);
  expect(holdsSecret([output({ value: 1, secret: true })])).toBe(true);
  expect(holdsSecret([output({ value: secret(1) })])).toBe(true);
  expect(holdsSecret([output({ value: 1 }), { [signatureKey]: signatures.asset }, null, "x", 1])).toBe(false);
});
