import { createHash } from "node:crypto";
import { seededUuid } from "./corpus.ts";

const bytes = (seed: string, length: number): Buffer =>
  createHash("shake256", { outputLength: length }).update(`lookalike ${seed}`).digest();
const url = (seed: string, length = 32): string => bytes(seed, length).toString("base64url");
const base64 = (seed: string, length: number): string => bytes(seed, length).toString("base64");
const hex = (seed: string, length: number): string => bytes(seed, length).toString("hex");
const jwt = (seed: string): string =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ sub: seed })).toString("base64url")}.${url(`${seed} signature`)}`;

/** Texts in which something looks like a client's secret and is none, most of them about the very platform. */
const templates: readonly ((seed: string) => string)[] = [
  // Values alone.
  (s) => url(s),
  (s) => `${url(s)}\n`,
  (s) => `"${url(s)}"`,
  jwt,
  (s) => `Authorization: Bearer ${jwt(s)}`,
  (s) => `GENESYS_TOKEN=${url(s, 64)}`,
  (s) => `export GENESYS_ACCESS_TOKEN="${url(s, 64)}"`,
  // Proof keys, and what is exchanged with them.
  (s) => `code_verifier=${url(s)}`,
  (s) =>
    `const clientId = "${seededUuid(s)}";\nconst codeVerifier = "${url(s)}";\nclient.loginPKCEGrant(clientId, redirect);`,
  (s) => `{"client_id":"${seededUuid(s)}","code_verifier":"${url(s)}","grant_type":"authorization_code"}`,
  (s) => `{\n  "client_id": "${seededUuid(s)}",\n  "code_verifier": "${url(s)}"\n}`,
  (s) =>
    `https://login.mypurecloud.com/oauth/authorize?client_id=${seededUuid(s)}&response_type=code&code_challenge=${url(s)}&code_challenge_method=S256`,
  (s) => `https://app.example.org/callback?code=${url(s)}&state=${url(`${s} state`)}`,
  (s) =>
    `curl https://login.mypurecloud.com/oauth/token -d "grant_type=authorization_code&code=${url(s)}&redirect_uri=https://app.example.org"`,
  (s) => `# Genesys Cloud sign-in\ncode: ${url(s)}\nstate: ${url(`${s} state`)}\nclient_id: ${seededUuid(s)}`,
  (s) => `genesys_code_verifier: ${url(s)}`,
  (s) => `client_id: ${seededUuid(s)}\nnonce: ${url(s)}`,
  (s) => `const secret = process.env.GENESYS_CLIENT_SECRET;\nconst verifier = "${url(s)}";`,
  (s) => `client_secret=$SECRET&code=${url(s)}&code_verifier=${url(`${s} v`)}`,
  (s) => `{"client_secret": "***", "code": "${url(s)}"}`,
  // Keys and thumbprints.
  (s) => `{"kty":"EC","crv":"P-256","x":"${url(`${s} x`)}","y":"${url(`${s} y`)}","kid":"genesys"}`,
  (s) => `{\n  "kty": "EC",\n  "crv": "P-256",\n  "x": "${url(`${s} x`)}",\n  "y": "${url(`${s} y`)}"\n}`,
  (s) => `{"kid":"${seededUuid(s)}","x5t#S256":"${url(s)}"}`,
  (s) => `{"cnf":{"jkt":"${url(s)}"},"client_id":"${seededUuid(s)}"}`,
  (s) => `SHA256:${url(s)} genesys@example.org (ED25519)`,
  (s) => `github.com ssh-ed25519 ${base64(s, 51)}`,
  // Hashes.
  (s) => `sha256-${base64(s, 32)}`,
  (s) => `"integrity": "sha512-${base64(s, 64)}"`,
  (s) =>
    `"resolved": "https://registry.npmjs.org/purecloud-platform-client-v2/-/x.tgz",\n"integrity": "sha256-${base64(s, 32)}"`,
  (s) => `uses: mypurecloud/action@${hex(s, 20)}`,
  (s) => `genesys-image@sha256:${hex(s, 32)}`,
  (s) =>
    `h1:${base64(s, 32)}\ngithub.com/mypurecloud/platform-client-sdk-go v1.0.0 h1:${base64(`${s} m`, 32)}`,
  (s) => `genesys_session_secret=${base64(s, 32)}`,
  (s) => `etag: W/"${url(s)}"\nx-request-id: ${seededUuid(s)}`,
  (s) => `<script nonce="${url(s)}" src="https://apps.mypurecloud.com/widgets/9.0/cxbus.min.js"></script>`,
  // Names.
  () => "const genesysSecretNameThatHasFortyThreeCharsOk12 = 1;",
  () => `client_secret = "PlaceholderForTheClientSecretOfGenesysCloud1"`,
  () => `client_secret = "${"x".repeat(43)}"`,
  () => `client_secret: "${"0123456789".repeat(4)}ABC"`,
  (s) =>
    `client_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:genesys/${seededUuid(s)}"`,
  (s) => `client_secret: /var/run/${url(s)}/genesys`,
  (s) => `Authorization: Basic ${Buffer.from(`${seededUuid(s)}:${url(s, 20)}`).toString("base64")}`,
  (s) => `Authorization: Basic ${Buffer.from(`user@example.org:${url(s, 40)}`).toString("base64")}`,
  (s) => `data: ${base64(s, 81)}`,
];

/** Every kind of them, with several values each. */
export const lookalikeTexts = (): string[] =>
  templates.flatMap((template, index) =>
    Array.from({ length: 10 }, (_, round) => template(`${index}/${round}`)),
  );
