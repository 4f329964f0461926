import { inlineIgnores } from "../../../scripts/secret-scan/inline-ignores.ts";

const diff = (...lines: string[]): string =>
  ["diff --git a/src/a.ts b/src/a.ts", "--- a/src/a.ts", "+++ b/src/a.ts", "@@ -9,0 +10,2 @@", ...lines].join(
    "\n",
  );

test.each([
  "const a = 1; // trufflehog:ignore",
  "key: abc # gitleaks:allow",
  "x = 1  # pragma: allowlist secret",
  "# pragma: allowlist nextline secret",
  "// ggignore",
  "value #nosecret",
])("an added line with %s is named with its place", (line) => {
  expect(inlineIgnores(diff("+const first = 1;", `+${line}`))).toEqual([
    { path: "src/a.ts", line: 11, comment: expect.any(String) },
  ]);
});

test("a line that is taken out, or was there before, is not new", () => {
  expect(inlineIgnores(diff("-const a = 1; // trufflehog:ignore", " // gitleaks:allow"))).toEqual([]);
});

test("a word that only looks like one is left alone", () => {
  expect(inlineIgnores(diff("+const nosecrets = ignore(trufflehog);"))).toEqual([]);
});
