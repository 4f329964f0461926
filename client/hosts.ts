import { findRegion, regionNames, regions } from "../core/regions.ts";
import { InvalidOptionError, InvalidSecretValueError } from "./errors.ts";

/** Instead of the hosts of the credential's region; for a simulator. HTTPS, but on this machine. */
export interface HostOptions {
  /** Default `https://api.DOMAIN`. */
  apiUrl?: string | undefined;
  /** Default `https://login.DOMAIN`. */
  loginUrl?: string | undefined;
}

const isSafe = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
};

/** @throws InvalidOptionError for a URL to which nothing secret may be sent */
export const checkHosts = (options: HostOptions): void => {
  for (const [name, url] of Object.entries({ apiUrl: options.apiUrl, loginUrl: options.loginUrl })) {
    if (url === undefined || isSafe(url)) continue;
    throw new InvalidOptionError(`${name} must begin with https://; http:// is for this machine alone.`);
  }
};

/** Where a region is called. @throws InvalidSecretValueError for a region that there is not */
export const hostOf = (kind: "api" | "login", region: string, options: HostOptions): string => {
  const given = options[`${kind}Url`];
  if (given !== undefined) return given;
  const found = findRegion(region);
  if (found === undefined) {
    throw new InvalidSecretValueError(
      `The region in the secret is none of ${regionNames.join(", ")}. Rotate the secret, which writes it anew.`,
    );
  }
  return `https://${kind}.${regions[found]}`;
};
