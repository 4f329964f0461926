import { parseCommand } from "../../../engine/cli/arguments.ts";
import { foreignFlags, foreignVerbs } from "../../../engine/cli/vocabulary.ts";

const parse = (line: string) => parseCommand(line === "" ? [] : line.split(" "));

describe("the command line", () => {
  test("takes Pulumi's long and short flags in any order", () => {
    const long = parse("up --stack prod --cwd infra --yes --parallel 8 --skip-preview");

    expect(parse("-s prod up -C infra -y -p 8 -f")).toEqual(long);
    expect(parse("up -s=prod --cwd=infra -yf --parallel=8")).toEqual(long);
    expect(long).toMatchObject({
      verb: "up",
      stack: "prod",
      cwd: "infra",
      yes: true,
      parallel: 8,
      skipPreview: true,
    });
  });

  test("takes a policy pack, and its configuration, more than once", () => {
    const command = parse(
      "preview -s dev --policy-pack a --policy-pack b --policy-pack-config x --policy-pack-config y",
    );

    expect(command).toMatchObject({ policyPacks: ["a", "b"], policyPackConfigs: ["x", "y"] });
  });

  test("can turn a flag off again", () => {
    expect(parse("up -s dev --yes --yes=false")).toMatchObject({ yes: false });
  });

  test.each([
    ["", "give a command"],
    ["deploy -s dev", 'unknown command "deploy"'],
    ["up dev", 'unexpected argument "dev" to guard up'],
    ["up --stak dev", "unknown flag: --stak"],
    ["up -q", "unknown flag: -q"],
    ["up --stack", "flag needs an argument: --stack"],
    ["up --yes=perhaps", '--yes is true or false, not "perhaps"'],
    ["up --parallel many", '--parallel is a whole number of operations at a time, not "many"'],
    ["up --color blue", '--color is auto, always or never, not "blue"'],
    ["outputs --yes", "--yes does not apply to guard outputs"],
    ["destroy --policy-pack x", "--policy-pack does not apply to guard destroy"],
  ])("refuses %j with one clear message", (line, message) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ code: "bad-usage", message: expect.stringContaining(message) }),
    );
  });

  test.each(Object.entries(foreignFlags))(
    "refuses --%s by name, and says what to do",
    (name, { type, instead }) => {
      const line = type === "string" ? `up --${name} x` : `up --${name}`;

      expect(() => parse(line)).toThrow(
        expect.objectContaining({
          code: "needs-pulumi",
          message: `--${name} needs the Pulumi CLI (https://www.pulumi.com/docs/install/). ${instead}`,
        }),
      );
    },
  );

  test.each(Object.keys(foreignVerbs))("refuses guard %s by name", (verb) => {
    expect(() => parse(`${verb} -s dev`)).toThrow(
      expect.objectContaining({
        code: "needs-pulumi",
        message: expect.stringContaining(`guard ${verb} needs the Pulumi CLI`),
      }),
    );
  });

  test("is not read past a double dash", () => {
    expect(() => parse("up -- --yes")).toThrow('unexpected argument "--yes"');
  });
});
