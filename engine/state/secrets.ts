import { GuardError } from "../model/errors.ts";
import {
  isMap,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  type SecretValue,
  secret,
  signatureKey,
  signatures,
  unknownValue,
} from "../model/property.ts";
import type { Crypter } from "../secrets/passphrase.ts";

/**
 * Turns the secrets of properties into ciphertext and back, in the CLI's own form: the plaintext is the JSON of the
 * value, and secrets inside of a secret are only marked.
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/deployment.go (`SerializePropertyValue`)
 */
export interface SecretCodec {
  /** Leaves the given value alone. Values without a secret are returned as they are. */
  encrypt(value: PropertyValue, crypter: Crypter): PropertyValue;
  /** @throws GuardError `damaged-state`, also if there is a ciphertext and no crypter */
  decrypt(value: PropertyValue, crypter: Crypter | undefined): PropertyValue;
}

interface Remembered {
  plaintext: string;
  ciphertext: string;
  salt: string;
}

/**
 * A codec that remembers the ciphertext of every secret object that it has met, so that saving after each step
 * encrypts only what is new. Equal secrets in different places have different ciphertexts.
 */
export const createSecretCodec = (): SecretCodec => {
  const remembered = new WeakMap<object, Remembered>();

  const encryptOnce = (owner: object, value: PropertyValue, crypter: Crypter): PropertyMap => {
    const plaintext = plaintextOf(value);
    const known = remembered.get(owner);
    if (known?.plaintext === plaintext && known.salt === crypter.salt) return sealed(known.ciphertext);
    const ciphertext = crypter.encrypt(plaintext);
    remembered.set(owner, { plaintext, ciphertext, salt: crypter.salt });
    return sealed(ciphertext);
  };

  return {
    encrypt: (value, crypter) => mapSecrets(value, (owner, inner) => encryptOnce(owner, inner, crypter)),
    decrypt: (value, crypter) =>
      mapSealed(value, (ciphertext) => {
        if (crypter === undefined) throw damaged();
        const opened = openNested(crypter.decrypt(ciphertext));
        remembered.set(opened, { plaintext: plaintextOf(opened.value), ciphertext, salt: crypter.salt });
        return opened;
      }),
  };
};

/** Inside of a secret, the ciphertext of a secret is its plaintext. */
const plaintextOf = (value: PropertyValue): string =>
  JSON.stringify(mapSecrets(value, (_, inner) => sealed(plaintextOf(inner))));

const sealed = (ciphertext: string): PropertyMap => ({ [signatureKey]: signatures.secret, ciphertext });

/** Whether there is anything to encrypt. */
export const holdsSecret = (value: PropertyValue): boolean => {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isMap(value)) return false;
  if (value[signatureKey] === signatures.secret) return true;
  if (value[signatureKey] === signatures.output && value.secret === true) return true;
  return Object.values(value).some(holdsSecret);
};

/**
 * Replaces every secret (a secret output too), inner ones first; an output that is no secret becomes its value,
 * because state has no outputs.
 */
const mapSecrets = (
  value: PropertyValue,
  replace: (owner: object, inner: PropertyValue) => PropertyValue,
): PropertyValue => {
  if (Array.isArray(value)) return mapItems(value, (item) => mapSecrets(item, replace));
  if (!isMap(value)) return value;
  if (value[signatureKey] === signatures.output) {
    const inner = value.value ?? (Object.hasOwn(value, "value") ? null : unknownValue);
    return value.secret === true ? replace(value, inner) : mapSecrets(inner, replace);
  }
  if (isSecret(value)) return replace(value, value.value);
  return mapMembers(value, (member) => mapSecrets(member, replace));
};

const mapSealed = (value: PropertyValue, open: (ciphertext: string) => PropertyValue): PropertyValue => {
  if (Array.isArray(value)) return mapItems(value, (item) => mapSealed(item, open));
  if (!isMap(value)) return value;
  if (value[signatureKey] !== signatures.secret)
    return mapMembers(value, (member) => mapSealed(member, open));
  const { ciphertext, plaintext } = value;
  if (typeof ciphertext === "string" && plaintext === undefined) return open(ciphertext);
  // The form of `pulumi stack export --show-secrets`.
  if (typeof plaintext === "string" && ciphertext === undefined) return openNested(plaintext);
  throw damaged();
};

const openNested = (plaintext: string): SecretValue =>
  secret(mapSealed(parse(plaintext), (inner) => openNested(inner)));

const parse = (plaintext: string): PropertyValue => {
  try {
    return JSON.parse(plaintext) as PropertyValue;
  } catch {
    // Without the cause: its message would quote the secret.
    throw damaged();
  }
};

const damaged = (): GuardError =>
  new GuardError(
    "damaged-state",
    "The state holds a secret that is not in the form of the Pulumi CLI. Restore the state from its .bak file.",
  );

/** The same array if nothing changed, so that a state without secrets is not copied. */
const mapItems = (items: PropertyValue[], map: (item: PropertyValue) => PropertyValue): PropertyValue[] => {
  const mapped = items.map(map);
  return mapped.every((item, index) => item === items[index]) ? items : mapped;
};

const mapMembers = (members: PropertyMap, map: (member: PropertyValue) => PropertyValue): PropertyMap => {
  let changed = false;
  const entries = Object.entries(members).map(([key, member]): [string, PropertyValue] => {
    const mapped = map(member);
    changed ||= mapped !== member;
    return [key, mapped];
  });
  return changed ? Object.fromEntries(entries) : members;
};
