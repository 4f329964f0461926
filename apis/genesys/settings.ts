import { findRegion, regionNames, regions } from "../../core/regions.ts";
import { checkBaseUrl } from "../http/base-url.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import { Secret } from "../http/secret.ts";

export interface GenesysSettings {
  /** Such as `https://api.mypurecloud.de`. */
  apiUrl: string;
  /** Such as `https://login.mypurecloud.de`. */
  loginUrl: string;
  clientId: string;
  clientSecret: Secret;
}

export const serviceName = "Genesys Cloud";

const nextStep =
  "Set the environment variables GENESYSCLOUD_REGION, GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET to a client of the grant type CLIENT-CREDENTIALS; without an account, run it against the sandbox.";

/**
 * The settings in the environment variables that the vendor's own tools use. `GENESYSCLOUD_API_URL` and
 * `GENESYSCLOUD_LOGIN_URL` override the hosts of the region; with both of them no region is needed. Throws one
 * `MissingCredentialsError` that names everything missing or wrong.
 */
export const readGenesysSettings = (environment: NodeJS.ProcessEnv): GenesysSettings => {
  const problems: string[] = [];
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const required = (name: string): string => {
    const found = value(name);
    if (found === undefined) problems.push(`${name} is not set`);
    return found ?? "";
  };
  const baseUrl = (name: string): string | undefined => {
    const url = value(name);
    if (url === undefined) return undefined;
    const problem = checkBaseUrl(url);
    if (problem !== undefined) problems.push(`${name} ${problem}`);
    return url.replace(/\/+$/, "");
  };

  const overrides = { api: baseUrl("GENESYSCLOUD_API_URL"), login: baseUrl("GENESYSCLOUD_LOGIN_URL") };
  const regionNeeded = overrides.api === undefined || overrides.login === undefined;
  const named = regionNeeded ? required("GENESYSCLOUD_REGION") : "";
  const region = findRegion(named);
  if (named !== "" && region === undefined) {
    problems.push(`GENESYSCLOUD_REGION is "${named}", which is none of ${regionNames.join(", ")}`);
  }
  const clientId = required("GENESYSCLOUD_OAUTHCLIENT_ID");
  const clientSecret = new Secret(required("GENESYSCLOUD_OAUTHCLIENT_SECRET"));
  if (problems.length > 0) throw new MissingCredentialsError(serviceName, problems, nextStep);

  const domain = region === undefined ? "" : regions[region];
  return {
    apiUrl: overrides.api ?? `https://api.${domain}`,
    loginUrl: overrides.login ?? `https://login.${domain}`,
    clientId,
    clientSecret,
  };
};
