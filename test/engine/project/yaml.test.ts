import { join } from "node:path";
import { readYaml } from "../../../engine/project/yaml.ts";
import { mistakeOf, useWorkspace } from "./workspace.ts";

const workspace = useWorkspace();
const read = (text: string) => readYaml(join(workspace.write({ "file.yaml": text }), "file.yaml"));

describe("a YAML file means the same as to the Pulumi CLI", () => {
  test.each<[string, unknown]>([
    ["yes", "yes"],
    ["on", "on"],
    ["True", true],
    ["~", null],
    ["0", 0n],
    ["-17", -17n],
    ["0x1F", 31n],
    ["0o17", 15n],
    ["1.50", 1.5],
    ["1e3", 1000],
    ["18446744073709551615", 18446744073709551615n],
    ['"0123"', "0123"],
    ["'2026-01-01'", "2026-01-01"],
    ["a_b_c", "a_b_c"],
    ["dead_beef_cafe", "dead_beef_cafe"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["2026-01-01-release", "2026-01-01-release"],
    ["2026-01-01 release", "2026-01-01 release"],
  ])("%s", (text, value) => {
    expect(read(`key: ${text}\n`)).toEqual({ key: value });
  });

  test("an anchor is repeated and a merge key merges", () => {
    expect(read("a: &a { x: 1 }\nb: { <<: *a, y: 2 }\n")).toEqual({ a: { x: 1n }, b: { x: 1n, y: 2n } });
  });

  test("an empty file is nothing", () => {
    expect(read("# only a remark\n")).toBeUndefined();
  });
});

describe("a YAML file is refused where the Pulumi CLI would read something else", () => {
  test.each([
    ["key: 0123", "octal"],
    ["key: 1_000", "underscores"],
    ["key: 0xdead_beef", "underscores"],
    ["key: 1_0.5e3", "underscores"],
    ["key: 0b101", "a number, and YAML a text"],
    ["key: -0x1F", "a number, and YAML a text"],
    ["key: 0X1F", "a number, and YAML a text"],
    ["key: 1e999", "infinity"],
    ["key: 2026-01-01", "date"],
    ["key: 2026-01-01T10:00:00Z", "date"],
    ["key: .inf", "infinity"],
    ["key: .NaN", "infinity"],
    ["key: 18446744073709551616", "64 bits"],
    ["key: -9223372036854775809", "64 bits"],
    ["1: x", "the key 1 must be a text"],
    ["? [a]\n: x", "must be a text"],
    ["key: !secret x", "Unresolved tag"],
    ["a: 1\na: 2", "unique"],
    ["a: 1\n---\nb: 2", "multiple documents"],
    ["a: [", "Flow sequence"],
  ])("%s", async (text, message) => {
    const mistake = await mistakeOf(() => read(`${text}\n`));
    expect(mistake.code).toBe("invalid-yaml");
    expect(mistake.message).toContain("file.yaml");
    expect(mistake.message).toContain(message);
  });

  test("and one that cannot be read is named", async () => {
    const mistake = await mistakeOf(() => readYaml(join(workspace.root, "none.yaml")));
    expect(mistake).toMatchObject({ code: "unreadable-file", message: expect.stringContaining("none.yaml") });
  });
});
