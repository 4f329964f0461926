import { createPrivateKey, type KeyObject } from "node:crypto";
import { MissingCredentialsError } from "../http/errors.ts";
import type { Secret } from "../http/secret.ts";
import { serviceName } from "./settings.ts";

/** What a GitHub App logs in with. */
export interface AppCredentials {
  /** The App's client id or its numeric id. */
  appId: string;
  /** The App's installation in the organisation. */
  installationId: string;
  /** RSA. */
  privateKey: KeyObject;
}

const nextStep =
  'Store {"appId": ..., "installationId": ..., "privateKey": ...} with the values of the App\'s settings page; privateKey is the whole PEM file, as JSON text.';

const isId = (value: unknown): value is string | number => /^[\w.-]{1,100}$/.test(String(value ?? ""));

/** An RSA key, or undefined. OpenSSL's own errors are left behind: they are about the key. */
const rsaKey = (pem: unknown): KeyObject | undefined => {
  try {
    const key = createPrivateKey(String(pem));
    return key.asymmetricKeyType === "rsa" ? key : undefined;
  } catch {
    return undefined;
  }
};

const objectIn = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * From JSON `{appId, installationId, privateKey}`, where `privateKey` is the PEM file that GitHub lets one download
 * (PKCS #1) or PKCS #8. Throws one `MissingCredentialsError` for all mistakes, without a character of the key.
 */
export const parseAppCredentials = (text: Secret): AppCredentials => {
  const given = objectIn(text.reveal());
  if (given === undefined) {
    throw new MissingCredentialsError(serviceName, ["the App's credentials are not a JSON object"], nextStep);
  }
  const { appId, installationId } = given;
  const privateKey = rsaKey(given.privateKey);
  if (isId(appId) && isId(installationId) && privateKey !== undefined) {
    return { appId: String(appId), installationId: String(installationId), privateKey };
  }
  const problems = [
    ...(isId(appId) ? [] : ["appId is missing or no id"]),
    ...(isId(installationId) ? [] : ["installationId is missing or no id"]),
    ...(privateKey === undefined ? ["privateKey is missing or no RSA private key in PEM"] : []),
  ];
  throw new MissingCredentialsError(serviceName, problems, nextStep);
};
