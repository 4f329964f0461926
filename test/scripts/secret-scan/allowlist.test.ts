import { createHash, randomBytes } from "node:crypto";
import { type AllowlistEntry, parseAllowlist, suppress } from "../../../scripts/secret-scan/allowlist.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const fingerprint = createHash("sha256").update(randomBytes(32)).digest("hex");

const entry: AllowlistEntry = {
  path: "test/fixtures/pkce.json",
  fingerprint,
  owner: "@acme/payments",
  reason: "A PKCE verifier of the provider's public documentation",
  expires: "2027-02-01",
};

const problemsOf = (change: Readonly<Record<string, unknown>>): readonly string[] =>
  parseAllowlist(JSON.stringify([{ ...entry, ...change }]), now).problems;

test("an entry with owner, reason and expiry counts", () => {
  expect(parseAllowlist(JSON.stringify([entry]), now)).toEqual({ entries: [entry], problems: [] });
});

test.each([
  ["without an owner", { owner: undefined }, "owner must be who answers"],
  ["with an owner who is nobody in GitHub", { owner: "Jane" }, "owner must be who answers"],
  ["without a reason", { reason: "" }, "reason must say"],
  ["with a reason of a word", { reason: "test" }, "reason must say"],
  ["without an expiry", { expires: undefined }, "expires must be a day"],
  ["with a day that does not exist", { expires: "2026-13-40" }, "expires must be a day that exists"],
  ["that has expired", { expires: "2026-11-20" }, "expired on 2026-11-20"],
  ["for longer than half a year", { expires: "2028-01-01" }, "within 183 days"],
  ["for every file", { path: "**" }, "without wildcards"],
  ["for every secret of a file", { fingerprint: "*" }, "fingerprint must be"],
  ["with a key that nobody reads", { comment: "x" }, 'unknown key "comment"'],
])("an entry %s does not count, and fails the scan", (_what, change, problem) => {
  const parsed = parseAllowlist(JSON.stringify([{ ...entry, ...change }]), now);
  expect(parsed.entries).toEqual([]);
  expect(parsed.problems.join("\n")).toContain(problem);
});

test("an entry counts to the end of its last day", () => {
  expect(problemsOf({ expires: "2026-11-21" })).toEqual([]);
});

test.each(["{", '{"entries":[]}', "[1]", "[null]"])("a file that holds %s fails the scan", (text) => {
  expect(parseAllowlist(text, now).problems).not.toEqual([]);
});

test("an entry covers its secret in its file, and nothing else", () => {
  const finding = { path: entry.path, line: 3, rule: "r", fingerprint };
  const elsewhere = { ...finding, path: "src/config.ts" };
  const another = { ...finding, fingerprint: "0".repeat(64) };
  const allowlist = parseAllowlist(JSON.stringify([entry]), now);
  expect(suppress([finding, elsewhere, another], allowlist)).toEqual({
    left: [elsewhere, another],
    uses: [1],
  });
});
