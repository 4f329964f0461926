/**
 * GitHub Apps, their installations, and how they prove who they are.
 *
 * - verified (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app):
 *   RS256, `iss` is the client id or the App's id, `exp` at most ten minutes ahead.
 * - verified (https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app): tokens live for
 *   an hour; fewer permissions and repositories may be asked for, more are 422.
 * - assumed: the words of refusals; a minute of skew is forgiven for `iat`.
 */
import { createPublicKey, createVerify, generateKeyPairSync, type KeyObject, randomInt } from "node:crypto";
import { issued } from "../secrecy/issued.ts";
import { Refusal } from "./answers.ts";

export type AppPermissions = Readonly<Record<string, "read" | "write">>;

export interface NewApp {
  organization: string;
  /** Default: what answering leaks takes, webhooks included. */
  permissions?: AppPermissions;
  /** Names of the repositories that it may see. Default: all. */
  repositories?: readonly string[];
  /** Default `credential-guard`. */
  slug?: string;
  /** PEM. Default: a pair for this whole process, because making one takes long. */
  privateKey?: string;
}

export interface InstalledApp {
  appId: number;
  clientId: string;
  installationId: number;
  /** PEM. */
  privateKey: string;
}

export interface Installation {
  id: number;
  appId: number;
  clientId: string;
  slug: string;
  organization: string;
  permissions: AppPermissions;
  repositories: readonly string[] | undefined;
  publicKey: KeyObject;
  suspended: boolean;
}

const usualPermissions: AppPermissions = {
  metadata: "read",
  contents: "read",
  secret_scanning_alerts: "write",
  organization_hooks: "write",
};

let shared: string | undefined;

/** Searches for leaks look at words alone, and a PEM file is a word a line. */
const noted = (pem: string): string => {
  for (const [word] of pem.matchAll(/[A-Za-z0-9_-]{32,}/g)) issued(word);
  return pem;
};

const newKey = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    // As GitHub lets one download it.
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }).privateKey;

const unauthorized = (message: string): Refusal => new Refusal(401, message);
const undecodable = (): Refusal => unauthorized("A JSON web token could not be decoded");

const decoded = (part: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Told below, as any other.
  }
  throw undecodable();
};

export class Apps {
  readonly #installations = new Map<number, Installation>();
  readonly #now: () => number;
  #lastId = 1000;

  constructor(now: () => number) {
    this.#now = now;
  }

  install({
    organization,
    permissions = usualPermissions,
    repositories,
    slug,
    privateKey,
  }: NewApp): InstalledApp {
    shared ??= newKey();
    const key = noted(privateKey ?? shared);
    this.#lastId += 1;
    const installation: Installation = {
      id: this.#lastId,
      appId: this.#lastId + 100_000,
      clientId: `Iv23li${randomInt(2 ** 40).toString(36)}`,
      slug: slug ?? "credential-guard",
      organization,
      permissions,
      repositories,
      publicKey: createPublicKey(key),
      suspended: false,
    };
    this.#installations.set(installation.id, installation);
    const { appId, clientId } = installation;
    return { appId, clientId, installationId: installation.id, privateKey: key };
  }

  find(installationId: number): Installation | undefined {
    return this.#installations.get(installationId);
  }

  uninstall(installationId: number): void {
    this.#installations.delete(installationId);
  }

  /** The installation that an App may have a token for. Throws the refusal where there is none. */
  authenticate(authorization: string | undefined, installationId: number): Installation {
    const [, token] = /^bearer (\S+)$/i.exec(authorization ?? "") ?? [];
    if (token === undefined) throw undecodable();
    const [header = "", claims = "", signature = ""] = token.split(".");
    const { alg } = decoded(header);
    const { iss, iat, exp } = decoded(claims);
    const app = [...this.#installations.values()].find(
      (each) => String(iss) === String(each.appId) || iss === each.clientId,
    );
    if (alg !== "RS256") throw undecodable();
    if (app === undefined) throw unauthorized("Integration not found");
    const isSigned = createVerify("sha256")
      .update(`${header}.${claims}`)
      .verify(app.publicKey, signature, "base64url");
    if (!isSigned) throw undecodable();
    const now = this.#now() / 1000;
    if (typeof exp !== "number" || exp <= now)
      throw unauthorized(
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    if (exp > now + 600) throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
    if (typeof iat !== "number" || iat > now + 60)
      throw unauthorized(
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    const installation = this.#installations.get(installationId);
    if (installation?.appId !== app.appId) throw new Refusal(404, "Not Found");
    if (installation.suspended) throw new Refusal(403, "This installation has been suspended");
    return installation;
  }
}
