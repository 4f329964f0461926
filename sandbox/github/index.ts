/**
 * GitHub's secret scanning on this machine: custom patterns and push protection, repositories whose pushes are scanned
 * with them, alerts, webhooks, and the Apps that answer. One file a family of endpoints; a new family is a file like
 * `custom-patterns.ts` and a line in `create.ts`. The head of each says what is verified, by which source, and what is
 * assumed. What is undocumented is a switch (`switches.ts`).
 *
 * State of 2026-11-21, API version 2026-03-10.
 * - By design: dry run, publish, push and every other click of a person are methods of `world`, because GitHub has no
 *   endpoint for them. Scanning and what it tells happen at once; what takes time is a mishap of a delivery.
 * - Gaps: enterprise scope; the API version header; `before` and `after` cursors; provider patterns, and patterns that
 *   GitHub makes of base64; secrets in issues, wikis and pull requests; `.github/secret_scanning.yml`; requests to bypass
 *   or to dismiss; webhooks of repositories and Apps; Hyperscan itself (patterns are matched by JavaScript, and one that
 *   cannot be is refused once there is something to scan).
 * - Of clients: axios sends a DELETE body only as `config.data`; curl and axios send a User-Agent, bare sockets do not.
 */
import { type Simulator, serve } from "../http/server.ts";
import { createGithub, type Github, type GithubOptions } from "./create.ts";

export type { RateLimit, TokenAccess } from "./access.ts";
export type { Alert, AlertCount } from "./alerts.ts";
export type { AppPermissions, InstalledApp, NewApp } from "./apps.ts";
export { createGithub, type Github, type GithubOptions } from "./create.ts";
export { type Deliver, deliverToLoopback } from "./deliver.ts";
export type { Delivery, Hook } from "./hooks.ts";
export type { ChooseMishap, Mishap, Sending } from "./mishaps.ts";
export type { PatternContent, StoredPattern } from "./pattern-world.ts";
export { assumedSwitches, type Switches } from "./switches.ts";
export type { Push, PushResult, World } from "./world.ts";

export interface GithubSimulator extends Simulator, Github {
  /** Points a client at the simulator. */
  environment(): { GITHUB_TOKEN: string; GITHUB_API_URL: string };
}

/** Starts GitHub on loopback. */
export async function startGithub(options: GithubOptions = {}): Promise<GithubSimulator> {
  const github = createGithub(options);
  const simulator = await serve(github.responder, options.port);
  return {
    ...github,
    ...simulator,
    environment: () => ({ GITHUB_TOKEN: github.token, GITHUB_API_URL: simulator.url }),
  };
}
