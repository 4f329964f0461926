import { randomBytes, randomUUID } from "node:crypto";
import { fingerprint } from "../../../core/fingerprint.ts";
import { issued } from "../../../sandbox/secrecy/issued.ts";
import { hiddenSecrets } from "../../../scripts/secret-scan/hidden.ts";

/** With letters of both cases and a digit, as all but one in a million have. */
const newSecret = (): string => {
  const secret = randomBytes(32).toString("base64url");
  return /[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d/.test(secret) ? secret : newSecret();
};

const secret = newSecret();
const id = randomUUID();
issued(secret);

const found = (text: string): string[] => hiddenSecrets("a.txt", text).map((finding) => finding.fingerprint);

test.each([
  ["a bare pair on one line", `login("${id}", "${secret}")`],
  ["a bare pair on two lines", `[\n  "${id}",\n  "${secret}"\n]`],
  ["the secret of a pair before its id", `${secret}\n${id}`],
  ["a Kubernetes secret", `data:\n  a: ${Buffer.from(secret).toString("base64")}`],
  ["base64 of a secret and a line break", `b: ${Buffer.from(`${secret}\n`).toString("base64")}`],
  ["a literal in two pieces", `// genesys\nconst a = "${secret.slice(0, 20)}" + "${secret.slice(20)}";`],
  ["a literal over two lines", `purecloud = "${secret.slice(0, 30)}" \\\n  "${secret.slice(30)}"`],
])("%s is found", (_what, text) => {
  expect(found(text)).toContain(fingerprint(secret));
});

test.each([
  ["random text far from any id", `${id}\n\n\n\n${secret}`],
  ["a longer token beside an id", `${id} ${secret}${secret}`],
  ["a part of a JWT beside an id", `${id} ${newSecret()}.${newSecret()}.${newSecret()}`],
  ["words with dashes beside an id", `${id} a-path-of-words-that-is-as-long-as-a-secret0`],
  ["base64 of other text", `data: ${Buffer.from("x".repeat(43)).toString("base64")}`],
  ["pieces that say nothing of a client", `"${secret.slice(0, 20)}" + "${secret.slice(20)}"`],
])("%s is left alone", (_what, text) => {
  expect(found(text)).toEqual([]);
});

test("the place of a finding is the line of the secret", () => {
  expect(hiddenSecrets("a.txt", `first\r\n${id}\r\n${secret}\r\n`)).toMatchObject([
    { path: "a.txt", line: 3 },
  ]);
});
