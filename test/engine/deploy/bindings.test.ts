import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, type PropertyMap, signatureKey, signatures } from "../../../engine/model/property.ts";
import { verifyIntegrity } from "../../../engine/state/integrity.ts";
import type { Bound } from "../programs/bound/index.ts";
import { openWorkplace, type Workplace } from "../workplace.ts";

const canary = randomBytes(12).toString("hex");
const declared: Bound = {
  region: "eu-west-1",
  description: "first",
  code: "export const handler = 1;",
  file: "data.json",
  value: canary,
};
let place: Workplace;
let platform: string;
const printed: string[] = [];

beforeAll(async () => {
  place = await openWorkplace("bound");
  platform = join(place.directory, "platform.json");
  place.environment.PLATFORM = platform;
  writeFileSync(join(place.directory, "data.json"), "{}");
});
afterAll(() => place.close());

const guard = async (bound: Partial<Bound>, ...args: string[]) => {
  writeFileSync(place.environment.DECLARATIONS ?? "", JSON.stringify([{ ...declared, ...bound }]));
  rmSync(`${platform}.calls`, { force: true });
  const outcome = await place.guard(...args, "--bind", "aws=binding.ts");
  printed.push(outcome.text);
  const calls = existsSync(`${platform}.calls`)
    ? readFileSync(`${platform}.calls`, "utf8").trim().split("\n")
    : [];
  return { ...outcome, calls };
};

const things = () => JSON.parse(readFileSync(platform, "utf8")) as Record<string, { inputs: PropertyMap }>;
const inputsOf = (name: string): PropertyMap => place.resource(name)?.inputs ?? {};

/** Each test goes on where the one before it has ended. */
describe("the types of a bound package, through their life:", () => {
  test("a preview calls nothing, and what only the platform can tell is unknown", async () => {
    const { code, calls, json } = await guard({}, "preview", "--json");

    expect({ code, calls }).toEqual({ code: 0, calls: [] });
    // The stack, the explicit provider, the function and the parameter.
    expect(json.changeSummary).toEqual({ create: 4 });
  });

  test("up creates them, each with the provider that it was declared with", async () => {
    const { code, calls, text } = await guard({}, "up", "-f");

    expect({ code, text }).toEqual({ code: 0, text });
    expect(calls).toEqual(["create lambda in us-east-1", "create parameter in eu-west-1"]);
    expect(place.resource("lambda")).toMatchObject({
      id: "lambda-us-east-1",
      outputs: { arn: "arn:aws:us-east-1:lambda-us-east-1" },
    });
    expect(inputsOf("elsewhere")).toMatchObject({
      region: "eu-west-1",
      version: expect.stringMatching(/^7\./),
    });
    expect(place.resource("parameter")?.provider).toMatch(/::elsewhere::[0-9a-f-]{36}$/);
    expect(() => verifyIntegrity(place.deployment())).not.toThrow();
  });

  test("the state keeps an archive with its hashes, and a secret encrypted", async () => {
    expect(inputsOf("lambda").code).toEqual({
      [signatureKey]: signatures.archive,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      assets: {
        "index.mjs": {
          [signatureKey]: signatures.asset,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          text: declared.code,
        },
        "declarations.json": {
          [signatureKey]: signatures.asset,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          path: "data.json",
        },
      },
    });
    const { inputs = {}, outputs = {} } = place.resource("parameter") ?? {};
    for (const { value } of [inputs, outputs])
      expect(isMap(value) && value[signatureKey] === signatures.secret && value.ciphertext).toBeTruthy();
  });

  test("the module gets secrets as secrets, and archives with their content", () => {
    const { "parameter-eu-west-1": parameter, "lambda-us-east-1": lambda } = things();

    expect(parameter?.inputs.value).toEqual({ [signatureKey]: signatures.secret, value: canary });
    expect(lambda?.inputs.code).toMatchObject({ assets: { "index.mjs": { text: declared.code } } });
  });

  test("nothing changes where nothing was changed", async () => {
    const preview = await guard({}, "preview", "--expect-no-changes");
    const up = await guard({}, "up", "-f", "--expect-no-changes");

    expect([preview.code, preview.calls, up.code, up.calls]).toEqual([0, [], 0, []]);
  });

  test("an archive with the same files from elsewhere is the same", async () => {
    writeFileSync(join(place.directory, "copy.json"), "{}");

    expect(await guard({ file: "copy.json" }, "preview", "--expect-no-changes")).toMatchObject({ code: 0 });
  });

  test("a changed file is an update of the archive as a whole; who uses an output that stays is not planned again", async () => {
    const preview = await guard({ code: "export const handler = 2;" }, "preview");
    const { code, calls } = await guard({ code: "export const handler = 2;" }, "up", "-f");

    expect(preview.text).toMatch(/code: archive\(\w+\) => archive\(\w+\)|code/);
    expect(preview.text).not.toMatch(/assets/);
    expect(code).toBe(0);
    expect(calls).toEqual(["update lambda in us-east-1"]);
    const planned = await guard({ code: "export const handler = 3;" }, "preview", "--json");
    expect(planned.json.changeSummary).toMatchObject({ update: 1, same: 3 });
  });

  test("what its check refuses is refused before anything is called", async () => {
    const { code, calls, text } = await guard({ description: "refused" }, "up", "-f");

    expect([code, calls]).toEqual([1, []]);
    expect(text).toContain("description: is refused");
  });

  test("refresh takes over what has changed outside, and the next update undoes it", async () => {
    const code = "export const handler = 2;";
    const all = things();
    writeFileSync(
      platform,
      JSON.stringify({
        ...all,
        "lambda-us-east-1": {
          region: "us-east-1",
          inputs: { ...all["lambda-us-east-1"]?.inputs, description: "by hand" },
        },
      }),
    );

    const refreshed = await guard({ code }, "refresh", "-f");
    const repaired = await guard({ code }, "up", "-f");

    expect([refreshed.code, refreshed.calls]).toEqual([0, []]);
    expect(refreshed.text).toContain("description");
    expect([repaired.code, repaired.calls]).toEqual([0, ["update lambda in us-east-1"]]);
    expect(things()["lambda-us-east-1"]?.inputs.description).toBe("first");
  });

  test("a provider with another region is replaced, and with it everything that it manages", async () => {
    const changed = { code: "export const handler = 2;", region: "eu-central-1" };

    const { code, calls, text } = await guard(changed, "up", "-f");

    expect({ code, text }).toEqual({ code: 0, text });
    expect(calls).toEqual(["create parameter in eu-central-1", "delete parameter in eu-west-1"]);
    expect(Object.keys(things()).sort()).toEqual(["lambda-us-east-1", "parameter-eu-central-1"]);
    expect((await guard(changed, "preview", "--expect-no-changes")).code).toBe(0);
  });

  test("what is no longer declared is deleted", async () => {
    const changed = { code: "export const handler = 2;", region: "eu-central-1", withParameter: false };

    const { code, calls } = await guard(changed, "up", "-f");

    expect([code, calls]).toEqual([0, ["delete parameter in eu-central-1"]]);
  });

  test("destroy deletes the rest", async () => {
    const { code, calls } = await guard({}, "destroy", "-f");

    expect([code, calls]).toEqual([0, ["delete lambda in us-east-1"]]);
    expect(things()).toEqual({});
  });

  test("a module that forgets the id is found out, and its resource stays noted as one that may exist", async () => {
    const { code, text } = await guard({ description: "forgetful" }, "up", "-f");

    expect(code).toBe(1);
    expect(text).toContain("the provider returned no id from create of");
  });

  test("no secret was printed", () => {
    expect(printed.join("")).not.toContain(canary);
  });
});

describe("--bind", () => {
  const refusal = async (...args: string[]) => {
    const { code, text } = await place.guard("preview", ...args);
    expect(code).toBe(1);
    return text;
  };

  test.each([
    [["--bind", "aws"], /--bind is PACKAGE=MODULE/],
    [["--bind", "=x.ts"], /--bind is PACKAGE=MODULE/],
    [["--bind", "pulumi-nodejs=binding.ts"], /part of Pulumi's SDK/],
    [["--bind", "aws=binding.ts", "--bind", "aws=binding.ts"], /names aws twice/],
    [["--bind", "aws=missing.ts"], /missing\.ts of --bind cannot be loaded/],
    [["--bind", "aws=package.json"], /exports no function createHost/],
  ])("%j is refused", async (args, message) => {
    expect(await refusal(...args)).toMatch(message);
  });

  test("takes the default export too, and leaves other packages as they were", async () => {
    writeFileSync(
      join(place.directory, "default.cjs"),
      "exports.default = (provider) => require('./binding.ts').createHost(provider);",
    );
    writeFileSync(place.environment.DECLARATIONS ?? "", JSON.stringify([declared]));

    const { code, text } = await place.guard("preview", "--bind", "aws=default.cjs");

    expect(code).toBe(0);
    expect(text).not.toContain("planned without its provider plugin");
  });
});
