import { generateKeyPairSync } from "node:crypto";
import { githubApp } from "../../../apis/github/app.ts";
import { parseAppCredentials } from "../../../apis/github/app-credentials.ts";
import type { GithubError } from "../../../apis/github/errors.ts";
import type { GithubLeakApi } from "../../../apis/github/leak-api.ts";
import type { Transport } from "../../../apis/http/client.ts";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { type Loopback, type Received, type Scripted, startLoopback } from "../loopback.ts";
import { virtualTime } from "../virtual-time.ts";

/** As GitHub lets one download it. */
const newKey = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });

export const key = newKey();

export const credentialsText = (changes: Record<string, unknown> = {}): Secret =>
  new Secret(JSON.stringify({ appId: 1234, installationId: 77, privateKey: key.privateKey, ...changes }));

export const tokenPath = "/app/installations/77/access_tokens";

export interface AppWorld {
  installation(): Promise<GithubLeakApi>;
  server: Loopback;
  /** What was received but for requests of tokens. */
  asked(): Received[];
  pauses: number[];
  /** How the credentials were asked for. */
  reads: ({ fresh: boolean } | undefined)[];
  pass(milliseconds: number): void;
}

const open: Loopback[] = [];

/** An App that gets its tokens, and everything else as a test scripts it; `count` does not count the tokens. */
export const appWorld = async (
  answer: (request: Received, count: number) => Scripted | Promise<Scripted>,
  {
    mint = () => ({ status: 201, body: { token: "ghs_some-token", expires_at: "2026-09-01T01:00:00Z" } }),
    transport = {},
  }: { mint?: (request: Received) => Scripted; transport?: Transport } = {},
): Promise<AppWorld> => {
  let count = 0;
  const server = await startLoopback((request) => {
    if (request.path === tokenPath) return mint(request);
    count += 1;
    return answer(request, count);
  });
  open.push(server);
  const time = virtualTime();
  const reads: AppWorld["reads"] = [];
  const app = githubApp(
    { connect: fetchConnection, apiUrl: `${server.url}/`, ...time.transport, ...transport },
    async (how) => {
      reads.push(how);
      return parseAppCredentials(credentialsText());
    },
  );
  return {
    installation: () => app.installation(),
    server,
    asked: () => server.received.filter(({ path }) => path !== tokenPath),
    pauses: time.pauses,
    reads,
    pass: time.pass,
  };
};

/** For `afterEach`. */
export const closeAppWorlds = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((server) => server.close()));
};

export const failing = async (work: Promise<unknown>): Promise<GithubError> =>
  work.then(
    () => {
      throw new Error("The call should have failed.");
    },
    (error) => error,
  );
