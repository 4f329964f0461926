import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { GuardError } from "../model/errors.ts";

/**
 * Encrypts and decrypts with the passphrase of a stack, byte-compatible with the Pulumi CLI.
 * https://github.com/pulumi/pulumi/blob/master/pkg/secrets/passphrase/manager.go
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/crypt.go
 */
export interface Crypter {
  /** Text to `v1:<base64 nonce>:<base64 ciphertext and tag>`; a new nonce, so a new text, on every call. */
  encrypt(text: string): string;
  /** @throws GuardError `damaged-secret` if the text was not encrypted with this passphrase and salt */
  decrypt(text: string): string;
  /** What a stack file keeps as `encryptionsalt`: `v1:<base64 salt>:<the word "pulumi", encrypted>`. */
  readonly salt: string;
}

export interface PassphraseOptions {
  /** The salt that the stack already has. A new one is made if there is none. */
  salt?: string | undefined;
  /** Where `PULUMI_CONFIG_PASSPHRASE` and `PULUMI_CONFIG_PASSPHRASE_FILE` are looked up. */
  environment: Readonly<Record<string, string | undefined>>;
}

const rounds = 1_000_000;
const keyBytes = 32;
const saltBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const proof = "pulumi";
const deriveKey = promisify(pbkdf2);

/**
 * @throws GuardError `missing-passphrase`, `unreadable-passphrase-file`, `incorrect-passphrase`, or
 * `unknown-salt` if the salt is not of the CLI's version 1
 */
export const openPassphrase = async ({ salt, environment }: PassphraseOptions): Promise<Crypter> => {
  const passphrase = await findPassphrase(environment);
  return salt === undefined ? await create(passphrase) : await open(passphrase, salt);
};

const create = async (passphrase: string): Promise<Crypter> => {
  const salt = randomBytes(saltBytes);
  const key = await deriveKey(passphrase, salt, rounds, keyBytes, "sha256");
  return crypter(key, `v1:${salt.toString("base64")}:${encrypt(key, proof)}`);
};

const open = async (passphrase: string, state: string): Promise<Crypter> => {
  const match = /^v1:([^:]*):(.*)$/s.exec(state);
  const [, salt, witness] = match ?? [];
  if (salt === undefined || witness === undefined) {
    throw new GuardError(
      "unknown-salt",
      `The stack's encryptionsalt is not of the form v1:<salt>:v1:<nonce>:<ciphertext>. Restore it from ` +
        "version control; without it the stack's secrets cannot be read.",
    );
  }
  const key = await deriveKey(passphrase, Buffer.from(salt, "base64"), rounds, keyBytes, "sha256");
  if (decrypt(key, witness) !== proof) {
    throw new GuardError(
      "incorrect-passphrase",
      "incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE, or the file that PULUMI_CONFIG_PASSPHRASE_FILE names, " +
        "to the passphrase that this stack was created with.",
    );
  }
  return crypter(key, state);
};

const crypter = (key: Buffer, salt: string): Crypter => ({
  salt,
  encrypt: (text) => encrypt(key, text),
  decrypt: (text) => {
    const plain = decrypt(key, text);
    if (plain === undefined) {
      throw new GuardError(
        "damaged-secret",
        "A secret cannot be decrypted: it is damaged, or was encrypted for another stack. Set it again with " +
          "`pulumi config set --secret`, or restore the state from its .bak file.",
      );
    }
    return plain;
  },
});

/**
 * The passphrase, before anything is done that could make a secret which then cannot be kept.
 *
 * @throws GuardError `missing-passphrase`, `unreadable-passphrase-file`
 */
export const findPassphrase = async (environment: PassphraseOptions["environment"]): Promise<string> => {
  const direct = environment.PULUMI_CONFIG_PASSPHRASE;
  if (direct !== undefined) return direct;
  const path = environment.PULUMI_CONFIG_PASSPHRASE_FILE;
  if (path === undefined || path === "") {
    throw new GuardError(
      "missing-passphrase",
      "The stack has secrets and no passphrase was given: set PULUMI_CONFIG_PASSPHRASE, or " +
        "PULUMI_CONFIG_PASSPHRASE_FILE to the path of a file that holds it.",
    );
  }
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new GuardError(
      "unreadable-passphrase-file",
      `PULUMI_CONFIG_PASSPHRASE_FILE names ${path}, which cannot be read. Correct the path, or set ` +
        "PULUMI_CONFIG_PASSPHRASE instead.",
      { cause },
    );
  }
};

const encrypt = (key: Buffer, text: string): string => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
};

/** `undefined` if the text is malformed or does not belong to the key. */
const decrypt = (key: Buffer, text: string): string | undefined => {
  const [version, nonceText, sealedText, ...rest] = text.split(":");
  if (version !== "v1" || nonceText === undefined || sealedText === undefined || rest.length > 0)
    return undefined;
  const nonce = Buffer.from(nonceText, "base64");
  const sealed = Buffer.from(sealedText, "base64");
  if (nonce.length !== nonceBytes || sealed.length < tagBytes) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    const plain = decipher.update(sealed.subarray(0, -tagBytes));
    return Buffer.concat([plain, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
};
