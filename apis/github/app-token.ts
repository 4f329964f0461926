import { sign } from "node:crypto";
import type { AppCredentials } from "./app-credentials.ts";

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A clock that is ahead of GitHub's by less than this does no harm: GitHub's own advice. */
const skewSeconds = 60;

/** GitHub takes no longer life. */
const lifeSeconds = 600;

/**
 * The JSON Web Token with which an App asks for installation tokens, and nothing else.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 *
 * @param now milliseconds since 1970
 */
export const appToken = ({ appId, privateKey }: AppCredentials, now: number): string => {
  const issuedAt = Math.floor(now / 1000) - skewSeconds;
  const header = base64url({ alg: "RS256", typ: "JWT" });
  const claims = base64url({ iat: issuedAt, exp: issuedAt + lifeSeconds, iss: appId });
  const signature = sign("sha256", Buffer.from(`${header}.${claims}`), privateKey).toString("base64url");
  return `${header}.${claims}.${signature}`;
};
