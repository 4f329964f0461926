import { type Region, regions } from "../core/regions.ts";
import { InvalidOptionError, InvalidSecretValueError } from "./errors.ts";

/** Instead of the hosts of the credential's region; for a simulator. HTTPS, but on this machine. */
export interface HostOptions {
  /** Default `https://api.DOMAIN`. */
  apiUrl?: string;
  /** Default `https://login.DOMAIN`. */
  loginUrl?: string;
}

const safe = /^(https:|http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|\/|$))/;

/** @throws InvalidOptionError for a URL to which nothing secret may be sent */
export const checkHosts = ({ apiUrl, loginUrl }: HostOptions): void => {
  for (const url of [apiUrl, loginUrl]) {
    if (url === undefined || (URL.canParse(url) && safe.test(new URL(url).origin))) continue;
    throw new InvalidOptionError("apiUrl and loginUrl must begin with https://; http:// is for localhost.");
  }
};

/** Where a region is called. @throws InvalidSecretValueError for a region that there is not */
export const hostOf = (kind: "api" | "login", region: string, options: HostOptions): string => {
  const domain = Object.hasOwn(regions, region) && regions[region as Region];
  const url = options[`${kind}Url`] ?? (domain && `https://${kind}.${domain}`);
  if (url) return url;
  throw new InvalidSecretValueError(
    `The region in the secret is none of ${Object.keys(regions).join(", ")}. Rotate the secret, which writes it anew.`,
  );
};
