import { createHash } from "node:crypto";
import type { components } from "@octokit/openapi-types";
import { apiUrl, siteUrl } from "./places.ts";

type Schemas = components["schemas"];

/** The same id for the same name, wherever it is shown. */
export const idOf = (kind: string, name: string): number =>
  createHash("sha256").update(`${kind} ${name.toLowerCase()}`).digest().readUInt32BE() % 100_000_000;

export const nodeId = (kind: string, id: number): string =>
  Buffer.from(`0${kind.length}:${kind}${id}`).toString("base64");

/** An account: a person's, an organisation's, or an App's. */
export const simpleUser = (login: string, type: "User" | "Organization" | "Bot"): Schemas["simple-user"] => {
  const id = idOf("account", login);
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${siteUrl}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
};

/** Who acts: an App's login ends with `[bot]`. */
export const actor = (login: string): Schemas["simple-user"] =>
  simpleUser(login, login.endsWith("[bot]") ? "Bot" : "User");

export const organizationOf = (login: string): Schemas["organization-simple-webhooks"] => {
  const id = idOf("account", login);
  const url = `${apiUrl}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    description: null,
  };
};
