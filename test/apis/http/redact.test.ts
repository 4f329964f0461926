import fc from "fast-check";
import { redact, secretsIn, secretsInAuthorization } from "../../../apis/http/redact.ts";
import { proof } from "../../proof.ts";

test("the secrets of a body are those of its secret fields, at any depth", () => {
  const body = {
    name: "crm",
    clientSecret: "s-1",
    nested: [{ password: "s-2", user: "bob" }],
    credentialFields: { userName: "s-3", inner: { deep: ["s-4"] } },
    count: 3,
    nothing: null,
  };
  expect(secretsIn(body)).toEqual(["s-1", "s-2", "s-3", "s-4"]);
  expect(secretsIn("text")).toEqual([]);
  expect(secretsIn(undefined)).toEqual([]);
});

test("the secrets of an Authorization header are its token, or its password too", () => {
  const basic = Buffer.from("id:pass:word").toString("base64");
  expect(secretsInAuthorization("Bearer abc")).toEqual(["abc", ""]);
  expect(secretsInAuthorization(`Basic ${basic}`)).toEqual([basic, "pass:word"]);
  expect(secretsInAuthorization(undefined)).toEqual(["", ""]);
});

test("a short word is no secret: replacing it would garble the text", () => {
  expect(redact("a cat sat", ["cat", ""])).toBe("a cat sat");
});

test("a secret goes in the spellings of JSON and of a URL too", () => {
  const secret = 'pa"ss\\w/ord';
  const json = JSON.stringify({ secret });
  const shown = redact([secret, json, encodeURIComponent(secret), encodeURIComponent(json)], [secret]);
  expect(shown).toEqual([
    "[secret]",
    '{"secret":"[secret]"}',
    "[secret]",
    encodeURIComponent('{"secret":"_"}').replace("_", "[secret]"),
  ]);
});

test("a secret that contains another goes as a whole", () => {
  expect(redact("abcdef", ["abcd", "abcdef"])).toBe("[secret]");
});

proof("nothing that was redacted holds a secret", { quick: 200, full: 5000 }, (numRuns, seed) => {
  const secret = fc.string({ minLength: 12, maxLength: 40 }).filter((text) => !"[secret]".includes(text));
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), fc.jsonValue(), (secrets, noise) => {
      const answer = {
        body: { message: `x${secrets[0]}y`, [secrets[0] ?? ""]: [secrets, { noise }] },
        status: 400,
      };
      const found: string[] = [];
      const walk = (value: unknown): void => {
        if (typeof value === "string") found.push(value);
        else if (typeof value === "object" && value !== null) {
          found.push(...Object.keys(value));
          Object.values(value).forEach(walk);
        }
      };
      const clean = redact(answer, secrets);
      walk(clean);
      expect(clean.status).toBe(400);
      for (const text of found) {
        for (const each of secrets) expect(text).not.toContain(each);
      }
    }),
    { numRuns, seed },
  );
});
