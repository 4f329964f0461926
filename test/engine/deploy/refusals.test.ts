import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkplace, type Workplace } from "../workplace.ts";

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace("refused");
});
afterAll(() => place.close());

const preview = (use: string) => {
  writeFileSync(join(place.directory, "Pulumi.dev.yaml"), `config:\n  program:use: ${use}\n`);
  return place.guard("preview");
};

describe("a part of Pulumi that the engine does not have is refused by name", () => {
  test.each([
    ["aliases", 'aliases (of pulumi-nodejs:dynamic/test:Thing "thing") is not supported by guard'],
    ["import", "import (of"],
    ["deleteBeforeReplace", "deleteBeforeReplace (of"],
    ["deletedWith", "deletedWith (of"],
    ["replaceOnChanges", "replaceOnChanges (of"],
    ["transforms", "transforms (of"],
    ["stackTransforms", "A transform of the whole stack"],
    ["hooks", "A resource hook"],
    ["stackReference", 'Reading pulumi:pulumi:StackReference "other"'],
    ["function", "The function aws:index/getCallerIdentity:getCallerIdentity"],
    ["get", 'Reading aws:s3/bucket:Bucket "existing"'],
    ["remote", 'remote components (of awsx:ec2:Vpc "remote")'],
  ])("%s", async (use, message) => {
    const { code, text } = await preview(use);

    expect(code).toBe(1);
    expect(text).toContain(message);
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });
});

describe("a program that does not come to its end", () => {
  test.each([
    ["throws", /the program is not content/],
    // The SDK may or may not come to count the promises that were left.
    ["leaves", /the program ended (with exit code 1|before it had finished)/],
    ["badTimeout", /invalid duration soon/],
  ])("%s: is told apart from one that does", async (use, message) => {
    const { code, text } = await preview(use);

    expect(code).toBe(1);
    expect(text).toMatch(message);
    expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });
});
