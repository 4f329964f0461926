import { pairIds } from "../../../../core/leak/pairing.ts";
import { difference, labelOf, namesOtherThing } from "../../../../core/leak/pairing-label.ts";
import { seededSecret, seededUuid } from "../../../leak-corpus/corpus.ts";

const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
const id = (number: number): string => seededUuid(`pairing/${number}`);
const secret = (number: number): string => seededSecret(`pairing/${number}`);

/** The ids, by number, in the order in which they are proposed for each secret of the text. */
const proposals = (text: string): number[][] =>
  numbers
    .filter((number) => text.includes(secret(number)))
    .map((number) => {
      const at = text.indexOf(secret(number));
      const found = pairIds(text.slice(0, at), text.slice(at + secret(number).length));
      return found.map(({ clientId }) => numbers.findIndex((each) => id(each) === clientId) + 1);
    });
const firsts = (text: string): (number | undefined)[] => proposals(text).map(([first]) => first);

const layouts: [string, (count: readonly number[]) => string][] = [
  [
    "objects of JSON on lines",
    (all) =>
      JSON.stringify(
        all.map((n) => ({ id: id(n), secret: secret(n) })),
        undefined,
        2,
      ),
  ],
  [
    "objects of JSON on one line",
    (all) => JSON.stringify(all.map((n) => ({ id: id(n), secret: secret(n) }))),
  ],
  [
    "objects with the secret first",
    (all) =>
      JSON.stringify(
        all.map((n) => ({ theSecretOfThisVeryClient: secret(n), name: `client ${n}`, id: id(n) })),
      ),
  ],
  [
    "an object of ids and one of secrets",
    (all) => JSON.stringify({ ids: all.map((n) => id(n)), secrets: all.map((n) => secret(n)) }, undefined, 2),
  ],
  [
    "a list of secrets and one of ids",
    (all) =>
      `secrets = ["${all.map((n) => secret(n)).join('", "')}"]\nids = ["${all.map((n) => id(n)).join('", "')}"]`,
  ],
  [
    "a list of YAML",
    (all) => all.map((n) => `- name: c${n}\n  id: ${id(n)}\n  secret: ${secret(n)}\n`).join(""),
  ],
  [
    "a list of YAML, secret first",
    (all) => all.map((n) => `  - secret: ${secret(n)}\n    name: c${n}\n    id: ${id(n)}\n`).join(""),
  ],
  [
    "sections",
    (all) => all.map((n) => `[c${n}]\nregion = x\nid = ${id(n)}\nsecret = ${secret(n)}\n`).join(""),
  ],
  ["paragraphs", (all) => all.map((n) => `id ${id(n)}\r\nsecret ${secret(n)}\r\n\r\n`).join("")],
  ["pairs of variables", (all) => all.map((n) => `C${n}_ID=${id(n)}\nC${n}_SECRET=${secret(n)}\n`).join("")],
  [
    "pairs of variables without names",
    (all) => all.map((n) => `ID=${id(n)}\nSECRET=${secret(n)}\n`).join(""),
  ],
  ["rows", (all) => `id,secret\n${all.map((n) => `${id(n)},${secret(n)}`).join("\n")}`],
  ["rows, secret first", (all) => all.map((n) => `${secret(n)};name ${n};${id(n)}`).join("\n")],
  ["calls", (all) => all.map((n) => `login("${id(n)}", "${secret(n)}");`).join(" ")],
];

test.each(layouts)("forty ids and forty secrets in %s are paired", (_, write) => {
  expect(firsts(write(numbers))).toEqual(numbers);
});

test.each(layouts)("one id and one secret in %s are paired", (_, write) => {
  expect(proposals(write([7]))).toEqual([[7]]);
});

test.each([
  [
    "its name, not the nearest",
    `PROD_ID=${id(1)}\nTEST_ID=${id(2)}\nTEST_SECRET=${secret(2)}\nPROD_SECRET=${secret(1)}`,
    [1, 2],
  ],
  [
    "its name, over an organisation's",
    `orgId: ${id(3)}\nclientId: ${id(1)}\nqueueId: ${id(4)}\nclientSecret: ${secret(1)}`,
    [1],
  ],
  [
    "its own object",
    `{"trace":{"id":"${id(3)}"},"auth":{"id":"${id(1)}","x":[],"clientSecretOfAuth":"${secret(1)}"},"q":"${id(4)}"}`,
    [1],
  ],
  ["its own call", `f("${id(1)}", g("x"), "${secret(1)}"); h("${id(2)}")`, [1]],
  [
    "the label above, where the line has none",
    `one_id:\n  ${id(1)}\ntwo_id:\n  ${id(2)}\none_secret:\n  ${secret(1)}`,
    [1],
  ],
])("an id is known by %s", (_, text, expected) => {
  expect(firsts(text)).toEqual(expected);
});

test.each([
  ["three ids before two secrets", [id(3), id(1), id(2), secret(1), secret(2)], [2, 2]],
  ["two secrets before three ids", [secret(1), secret(2), id(1), id(2), id(3)], [1, 1]],
  ["two ids before one secret", [id(2), id(1), secret(1)], [1]],
  ["one secret before two ids", [secret(1), id(1), id(2)], [1]],
])("of %s that nothing tells apart, the nearest is likeliest", (_, values, expected) => {
  expect(firsts(values.join("\n"))).toEqual(expected);
});

test("each id is proposed once, at its best, in lower case", () => {
  const text = `${id(1)}\n\n\nsecret: ${secret(1)} ${id(1).toUpperCase()}`;
  expect(pairIds(text.slice(0, text.indexOf(secret(1))), ` ${id(1).toUpperCase()}`)).toEqual([
    { clientId: id(1), cost: expect.any(Number), distance: 1, lines: 0 },
  ]);
});

test("lines and distances are counted from the secret's ends", () => {
  expect(pairIds(`${id(1)}\n\nab`, `c\n${id(2)}`)).toMatchObject([
    { clientId: id(1), distance: 4, lines: 2 },
    { clientId: id(2), distance: 2, lines: 1 },
  ]);
  expect(pairIds("nothing", "here")).toEqual([]);
});

test.each<[string, string, string[]]>([
  ["a variable", "export PROD_CLIENT_ID=", ["prod"]],
  ["camel case", "  const stagingOauthClientId = '", ["staging"]],
  ["nothing but generic words", "client_id: ", []],
  ["the line above", "name: EXPORTER_ID\n  value: ", ["exporter"]],
  ["the own line first", "EXPORTER_ID\n  wfm: ", ["wfm"]],
  ["a name beside", '{ "name": "EXPORTER_ID", "value": "', ["exporter"]],
  ["a default", 'variable "exporter_id" { type = string, default = "', ["variable", "exporter"]],
  ["a value after another", "VALUES (1, 'genesys', '", []],
  ["a value after another on the line above", "ONE_ID: 1\nx, '", []],
  ["two lines above", "EXPORTER_ID\n\n  ", []],
  ["nothing at all", "", []],
])("the label of %s", (_, before, words) => {
  expect([...labelOf(before)]).toEqual(words);
});

test("a label tells of things that have ids and no secrets", () => {
  expect(namesOtherThing(labelOf("orgId: "))).toBe(true);
  expect(namesOtherThing(labelOf("exporterId: "))).toBe(false);
});

test("labels differ by the words that one has and the other has not", () => {
  expect(difference(new Set(["a", "b"]), new Set(["b", "c", "d"]))).toBe(3);
  expect(difference(new Set(["a"]), new Set(["a"]))).toBe(0);
});
