import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fingerprint } from "../../../core/fingerprint.ts";

let root: string;

const git = (...parameters: string[]): string => {
  const identity = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  const { status, stdout, stderr } = spawnSync("git", ["-C", root, ...identity, ...parameters], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
};

const commit = (files: Readonly<Record<string, string | Buffer>>): string => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  git("add", "-A");
  git("commit", "-q", "-m", "change");
  return git("rev-parse", "HEAD");
};

const scan = (...parameters: string[]): { status: number | null; output: string } => {
  const main = join(process.cwd(), "scripts", "secret-scan", "main.ts");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, "--repository", root, ...parameters],
    {
      encoding: "utf8",
    },
  );
  return { status, output: stdout + stderr };
};

/** It is not noted among those that must stand nowhere: these tests write it down, in a repository of their own. */
const newSecret = (): string => {
  const secret = randomBytes(32).toString("base64url");
  if (!/[a-z].*[a-z].*[a-z].*[a-z].*[a-z]/.test(secret) || !/\d/.test(secret)) return newSecret();
  return secret;
};

const settings = (secret: string): string =>
  `GENESYS_CLIENT_ID=${randomUUID()}\nGENESYS_CLIENT_SECRET=${secret}\n`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "scan-"));
  spawnSync("git", ["init", "-q", "-b", "main", root]);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("a change without a secret passes", () => {
  const base = commit({ "a.txt": "one" });
  commit({ "a.txt": "two" });
  expect(scan("--base", base)).toEqual({ status: 0, output: expect.stringContaining("nothing found") });
});

test("a secret that a change adds fails it, named by place and fingerprint and not by itself", () => {
  const base = commit({ "a.txt": "one" });
  const secret = newSecret();
  commit({ "app/.env": settings(secret) });
  const { status, output } = scan("--base", base);
  expect(status).toBe(1);
  expect(output).toContain("file=app/.env,line=2");
  expect(output).toContain(fingerprint(secret));
  expect(output).not.toContain(secret);
});

test("a secret that was added and taken out again is in the history all the same", () => {
  const base = commit({ "a.txt": "one" });
  commit({ "app/.env": settings(newSecret()) });
  commit({ "app/.env": "" });
  expect(scan("--base", base).status).toBe(1);
});

test("a secret from before the change is not this change's", () => {
  const base = commit({ "app/.env": settings(newSecret()) });
  commit({ "a.txt": "one" });
  expect(scan("--base", base).status).toBe(0);
  expect(scan().status).toBe(1);
});

test("a first push, which has nothing before it, is scanned whole", () => {
  commit({ "app/.env": settings(newSecret()) });
  expect(scan("--base", "0".repeat(40)).status).toBe(1);
});

test.each([
  ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["lines that end in CRLF", (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))],
])("a secret in a file of %s is found", (_what, encode) => {
  commit({ "app/.env": encode(settings(newSecret())) });
  expect(scan().status).toBe(1);
});

test("an encoded pair is known by the fingerprint of its secret", () => {
  const secret = newSecret();
  const header = Buffer.from(`${randomUUID()}:${secret}`).toString("base64");
  commit({ "call.sh": `curl -H "Authorization: Basic ${header}" https://login.example.com/oauth/token\n` });
  expect(scan().output).toContain(fingerprint(secret));
});

test("an entry of the allow-list covers a finding until it expires", () => {
  const secret = newSecret();
  const entry = {
    path: "app/.env",
    fingerprint: fingerprint(secret),
    owner: "@acme/payments",
    reason: "Made up for the documentation",
  };
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const list = (expires: string): string => JSON.stringify([{ ...entry, expires }]);
  commit({ "app/.env": settings(secret), ".github/secret-scan-allowlist.json": list(day(30)) });
  expect(scan()).toEqual({ status: 0, output: expect.stringContaining("[0]: 1 finding(s)") });
  commit({ ".github/secret-scan-allowlist.json": list(day(-2)) });
  expect(scan()).toEqual({ status: 1, output: expect.stringContaining("expired") });
});

test("a comment that silences a scanner fails the change that adds it", () => {
  const base = commit({ "a.ts": "const a = 1;\n" });
  commit({ "a.ts": "const a = 1; // gitleaks:allow\n" });
  expect(scan("--base", base)).toEqual({ status: 1, output: expect.stringContaining("file=a.ts,line=1") });
});

test("what TruffleHog found passes the same allow-list", () => {
  commit({ "a.txt": "one" });
  const raw = newSecret();
  const report = join(mkdtempSync(join(tmpdir(), "report-")), "report.json");
  const git = { commit: "c0ffee", file: "deploy.sh", line: 7 };
  writeFileSync(
    report,
    JSON.stringify({ DetectorName: "AWS", Verified: true, Raw: raw, SourceMetadata: { Data: { Git: git } } }),
  );
  const { status, output } = scan("--scanner-report", report);
  rmSync(dirname(report), { recursive: true });
  expect(status).toBe(1);
  expect(output).toContain("file=deploy.sh,line=7");
  expect(output).not.toContain(raw);
});

test("commits that are not there are an error of their own", () => {
  commit({ "a.txt": "one" });
  expect(scan("--base", "1".repeat(40))).toEqual({
    status: 2,
    output: expect.stringContaining("fetch-depth: 0"),
  });
});
