import { extract } from "../../../../core/leak/extraction.ts";
import { seededSecret, seededUuid } from "../../../leak-corpus/corpus.ts";

const secretOf = (name: string): string => seededSecret(`extraction/${name}`);
const idOf = (name: string): string => seededUuid(`extraction/${name}`);
const alertSecret = secretOf("leaked");
const id = idOf("leaked");
const basicOf = (clientId: string, secret: string): string =>
  Buffer.from(`${clientId}:${secret}`).toString("base64");
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
const settings = `# Ключ für "クライアント"\r\nclient_id = "${id}"\r\nclient_secret = "${alertSecret}"\r\n`;

test.each<[string, Uint8Array]>([
  ["UTF-8", Buffer.from(settings)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${settings}`)],
  ["Latin-1", Buffer.from(settings, "latin1")],
  ["UTF-16, little end first, marked", Buffer.from(`\uFEFF${settings}`, "utf16le")],
  ["UTF-16, little end first", Buffer.from(settings, "utf16le")],
  ["UTF-16, big end first, marked", utf16be(`\uFEFF${settings}`)],
  ["UTF-16, big end first", utf16be(settings)],
])("an id is found in %s", (_, bytes) => {
  expect(extract({ alertSecret, bytes })).toMatchObject({
    secret: alertSecret,
    candidates: [{ clientId: id, pairing: "nearby" }],
    isPartial: false,
  });
});

test("distances are in bytes, whatever the encoding", () => {
  const line = `${id}, ${alertSecret}`;
  const near = [{ clientId: id, pairing: "sameLine", distance: 2 }];
  expect(extract({ alertSecret, bytes: Buffer.from(line) }).candidates).toEqual(near);
  expect(extract({ alertSecret, bytes: Buffer.from(line, "utf16le") }).candidates).toEqual([
    { ...near[0], distance: 4 },
  ]);
});

test("a binary file is looked through, and proves nothing by what is not in it", () => {
  const bytes = Buffer.concat([Buffer.from([0, 1, 2, 0, 255, 0, 0, 7]), Buffer.from(settings)]);
  const found = extract({ alertSecret, bytes });
  expect(found.isPartial).toBe(true);
  expect(found.candidates[0]?.clientId).toBe(id);
});

test.each([
  ["in upper case", `client_id=${id.toUpperCase()}&client_secret=${alertSecret}`],
  ["right after an escape", `client_id%3D${id}%26client_secret%3D${alertSecret}`],
])("an id is found %s", (_, text) => {
  expect(extract({ alertSecret, bytes: Buffer.from(text) }).candidates[0]?.clientId).toBe(id);
});

test("Basic credentials hold both, with no file at all", () => {
  expect(extract({ alertSecret: basicOf(id.toUpperCase(), alertSecret) })).toEqual({
    secret: alertSecret,
    candidates: [{ clientId: id, pairing: "basicCredentials" }],
    isPartial: false,
  });
});

test.each([
  ["unpadded", (basic: string) => basic.replace("=", "")],
  ["broken by line ends", (basic: string) => `${basic.slice(0, 76)}\r\n  ${basic.slice(76)}`],
  ["with a line end within", () => basicOf(id, `${alertSecret}\n`)],
])("Basic credentials are read %s", (_, written) => {
  const found = extract({ alertSecret: written(basicOf(id, alertSecret)) });
  expect(found).toMatchObject({ secret: alertSecret, candidates: [{ clientId: id }] });
});

test("what is base64 and no Basic credentials is the secret itself", () => {
  const other = Buffer.from("user:password").toString("base64");
  expect(extract({ alertSecret: other })).toEqual({ secret: other, candidates: [], isPartial: false });
  const tooLong = Buffer.from(`x${id}:${alertSecret}`).toString("base64");
  expect(extract({ alertSecret: tooLong }).secret).toBe(tooLong);
});

test("the id of a header that holds the secret comes before nearer ones", () => {
  const text = `Authorization: Basic ${basicOf(id, alertSecret)}\n\n{"trace": "${idOf("trace")}", "secret": "${alertSecret}"}`;
  expect(extract({ alertSecret, bytes: Buffer.from(text) }).candidates.slice(0, 2)).toMatchObject([
    { clientId: id, pairing: "basicCredentials" },
    { clientId: idOf("trace"), pairing: "sameLine" },
  ]);
});

test("the id of a header that holds another secret is no more than in the same file", () => {
  const text = `secret: ${alertSecret}\nAuthorization: Basic ${basicOf(idOf("other"), secretOf("other"))}\nid: ${id}`;
  expect(extract({ alertSecret, bytes: Buffer.from(text) }).candidates).toMatchObject([
    { clientId: id, pairing: "nearby" },
    { clientId: idOf("other"), pairing: "sameFile" },
  ]);
});

test("what has the shape of a header and holds no id is none", () => {
  const bytes = Buffer.from(`Authorization: Basic ${basicOf(id.replace(/^.../, "0zz"), alertSecret)}`);
  expect(extract({ alertSecret, bytes })).toEqual({ secret: alertSecret, candidates: [], isPartial: false });
});

test("how an id is paired is told by the lines between", () => {
  const within = (lines: number) =>
    extract({ alertSecret, bytes: Buffer.from(`${id}${"\n".repeat(lines)}${alertSecret}`) }).candidates[0]
      ?.pairing;
  expect([0, 1, 10, 11].map(within)).toEqual(["sameLine", "nearby", "nearby", "sameFile"]);
});

test("ids in a file without the secret are the commit's, in the file's order", () => {
  const bytes = Buffer.from(`first: ${idOf("a")}\nsecond: ${idOf("b")}\nfirst: ${idOf("a")}`);
  expect(extract({ alertSecret, bytes })).toEqual({
    secret: alertSecret,
    candidates: [
      { clientId: idOf("a"), pairing: "sameCommit" },
      { clientId: idOf("b"), pairing: "sameCommit" },
    ],
    isPartial: false,
  });
});

const place = (startLine: number, startColumn: number) => ({
  startLine,
  endLine: startLine,
  startColumn,
  endColumn: startColumn + 43,
});

test("where the file does not hold the secret as it was alerted, its place stands for it", () => {
  const text = `a: ${idOf("a")}\nb: ${idOf("b")}\nsecret: elsewhere\n`;
  const found = (at: ReturnType<typeof place>) =>
    extract({ alertSecret, bytes: Buffer.from(text), place: at }).candidates[0];
  expect(found(place(1, 45))).toMatchObject({ clientId: idOf("a") });
  expect(found(place(3, 9))).toMatchObject({ clientId: idOf("b"), pairing: "nearby" });
  expect(found(place(99, 1))).toMatchObject({ clientId: idOf("b") });
});

test("of many places with the secret, those nearest to the alert's are read", () => {
  const far = numbers(20).map(() => `${alertSecret}\n${"x\n".repeat(40_000)}`);
  const text = `${far.join("")}client ${id} ${alertSecret}\n`;
  const lines = text.split("\n").length - 1;
  const bytes = Buffer.from(text);
  expect(extract({ alertSecret, bytes, place: place(lines, 45) }).candidates).toMatchObject([
    { clientId: id, pairing: "sameLine" },
  ]);
  expect(extract({ alertSecret, bytes }).candidates).toMatchObject([
    { clientId: id, pairing: "sameFile", distance: 37 },
  ]);
});

test("an id that is farther off than is read for structure is still found, by its distance", () => {
  const text = `${idOf("far")}\n${"-\n".repeat(60_000)}${idOf("less")}\n${"-\n".repeat(40_000)}${alertSecret}\n`;
  const { candidates } = extract({ alertSecret, bytes: Buffer.from(text) });
  expect(candidates).toEqual([
    { clientId: idOf("less"), pairing: "sameFile", distance: 80_037 },
    { clientId: idOf("far"), pairing: "sameFile", distance: 200_074 },
  ]);
});

test("ids and secrets across the seams of what is read at a time are found once", () => {
  const size = 1024 * 1024;
  for (const shift of [0, 1, 20, 36]) {
    const filler = "x".repeat(size - shift);
    const text = `${filler}${id} ${alertSecret}${"y".repeat(2 * size)}`;
    expect(extract({ alertSecret, bytes: Buffer.from(text) }).candidates).toEqual([
      { clientId: id, pairing: "sameLine", distance: 1 },
    ]);
    const before = "x".repeat(size - shift - 37);
    expect(
      extract({ alertSecret, bytes: Buffer.from(`${before}${id} ${alertSecret}`) }).candidates,
    ).toHaveLength(1);
  }
});

test("a file of more ids than are looked at is not known as a whole", () => {
  const many = (count: number) =>
    extract({
      alertSecret,
      bytes: Buffer.from(
        `${alertSecret}\n${numbers(count)
          .map((each) => idOf(`many/${each}`))
          .join("\n")}`,
      ),
    });
  expect(many(5_000)).toMatchObject({ isPartial: false });
  expect(many(5_000).candidates).toHaveLength(5_000);
  expect(many(5_001).isPartial).toBe(true);
});

test("of a file larger than GitHub hands out, the first 100 MB are read", () => {
  const bytes = Buffer.alloc(100 * 1024 * 1024 + 100, "x\n");
  bytes.write(`client ${id} ${alertSecret}\n`, 90 * 1024 * 1024);
  bytes.write(idOf("beyond"), 100 * 1024 * 1024 + 2);
  expect(extract({ alertSecret, bytes })).toEqual({
    secret: alertSecret,
    candidates: [{ clientId: id, pairing: "sameLine", distance: 1 }],
    isPartial: true,
  });
  expect(extract({ alertSecret, bytes: bytes.subarray(0, 100 * 1024 * 1024) }).isPartial).toBe(false);
});
