import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { searchForSecrets } from "../../../sandbox/secrecy/search.ts";

const secret = () => randomBytes(32).toString("base64url");

const search = (secrets: string[], files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), "secret-search-"));
  const written = join(folder, "written");
  mkdirSync(join(written, "deep"), { recursive: true });
  writeFileSync(join(folder, "issued"), secrets.map((each) => `${each}\n`).join(""));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(written, name), text);
  const { leaks, ...counts } = searchForSecrets(join(folder, "issued"), [written]);
  return { ...counts, leaks: leaks.map((leak) => leak.slice(written.length + 1)) };
};

test("a secret is found in whatever stands around it, however deep the file lies", () => {
  const [a, b, c] = [secret(), secret(), secret()];
  const found = search([a, b, c], {
    "state.json": `{"clientSecret":"${a}"}`,
    "deep/log": `prefix-${b}_suffix`,
    "deep/clean": secret(),
  });
  expect(found).toEqual({ secrets: 3, files: 3, leaks: expect.arrayContaining(["state.json", "deep/log"]) });
  expect(found.leaks).toHaveLength(2);
});

test("a run that handed out no secret has none to leak", () => {
  expect(search([], { log: secret() })).toEqual({ secrets: 0, files: 1, leaks: [] });
});
