import { isYamlMap, type YamlValue } from "./yaml.ts";

/** Anything that decrypts one ciphertext, such as a `Crypter`. */
export interface Decrypter {
  decrypt(ciphertext: string): string;
}

/** The text in which Pulumi hands a value to the program, and whether it stands for an array or an object. */
export interface ConfigText {
  text: string;
  structured: boolean;
}

/** `{ secure: <ciphertext> }`, at any depth of a stack's configuration. */
export const isSecure = (value: YamlValue): value is { secure: string } =>
  isYamlMap(value) && Object.keys(value).length === 1 && typeof value.secure === "string";

export const containsSecure = (value: YamlValue): boolean => {
  if (isSecure(value)) return true;
  if (Array.isArray(value)) return value.some(containsSecure);
  return isYamlMap(value) && Object.values(value).some(containsSecure);
};

/** A copy without ciphertexts. */
export const decryptSecure = (value: YamlValue, decrypter: Decrypter): YamlValue => {
  if (isSecure(value)) return decrypter.decrypt(value.secure);
  if (Array.isArray(value)) return value.map((item) => decryptSecure(item, decrypter));
  if (!isYamlMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, decryptSecure(item, decrypter)]),
  );
};

/**
 * Texts stay as they are, numbers and booleans become their text, anything else (null too) its JSON.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/object.go (`MarshalString`)
 */
export const toConfigText = (value: YamlValue): ConfigText => {
  if (typeof value === "string") return { text: value, structured: false };
  return { text: toJson(value), structured: value === null || typeof value === "object" };
};

/** Go's JSON: keys in order, and the characters escaped that HTML minds, so that the text equals the CLI's. */
const toJson = (value: YamlValue): string => {
  if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
  if (isYamlMap(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, item]) => `${quote(key)}:${toJson(item)}`).join(",")}}`;
  }
  return typeof value === "string" ? quote(value) : String(value);
};

const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
