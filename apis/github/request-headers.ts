import type { Call } from "../http/call.ts";

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const apiVersion = "2026-03-10";

/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
const accepted = ({ mostBytes }: Pick<Call, "mostBytes">): string =>
  mostBytes === undefined ? "application/vnd.github+json" : "application/vnd.github.raw+json";

export const requestHeaders = (token: string, call: Pick<Call, "mostBytes">) => ({
  accept: accepted(call),
  authorization: `Bearer ${token}`,
  "x-github-api-version": apiVersion,
});
