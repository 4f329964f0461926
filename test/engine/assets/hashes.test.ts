import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withAssetHashes } from "../../../engine/assets/hashes.ts";
import { isMap, type PropertyMap, signatureKey, signatures } from "../../../engine/model/property.ts";
import { equal } from "../../../engine/wire/values.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "guard-assets-"));
  mkdirSync(join(directory, "folder/inner"), { recursive: true });
  mkdirSync(join(directory, "folder/.pulumi"));
  writeFileSync(join(directory, "folder/b.txt"), "b");
  writeFileSync(join(directory, "folder/inner/a.txt"), "a");
  writeFileSync(join(directory, "folder/.pulumi/left-out"), "x");
  symlinkSync("b.txt", join(directory, "folder/link.txt"));
  symlinkSync("inner", join(directory, "folder/linked-folder"));
  writeFileSync(join(directory, "some.zip"), "a test asset");
});
afterAll(() => rmSync(directory, { recursive: true }));

const asset = (content: PropertyMap): PropertyMap => ({ [signatureKey]: signatures.asset, ...content });
const archive = (content: PropertyMap): PropertyMap => ({ [signatureKey]: signatures.archive, ...content });
const hashed = (value: PropertyMap): PropertyMap => {
  const result = withAssetHashes(value, directory);
  if (!isMap(result)) throw new Error("a map became something else");
  return result;
};

/** From Pulumi's own tests: sdk/go/common/resource/asset_test.go */
const known = {
  text: "e34c74529110661faae4e121e57165ff4cb4dbdde1ef9770098aa3695e6b6704",
  empty: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  archiveOfText: "27ab4a14a617df10cff3e1cf4e30cf510302afe56bf4cc91f84041c9f7b62fd8",
  emptyArchive: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
};

describe("assets get the hashes that the Pulumi CLI gives them:", () => {
  test("a text", () => {
    expect(hashed(asset({ text: "a test asset" }))).toEqual(
      asset({ text: "a test asset", hash: known.text }),
    );
    expect(hashed(asset({ text: "" })).hash).toBe(known.empty);
  });

  test("a file, by its content, with its path as it was given", () => {
    expect(hashed(asset({ path: "some.zip" }))).toEqual(asset({ path: "some.zip", hash: known.text }));
  });

  test("an archive of assets, and each asset in it", () => {
    const { hash, assets } = hashed(archive({ assets: { foo: asset({ text: "a test asset" }) } }));

    expect(hash).toBe(known.archiveOfText);
    expect(assets).toEqual({ foo: asset({ text: "a test asset", hash: known.text }) });
    expect(hashed(archive({ assets: {} })).hash).toBe(known.emptyArchive);
  });

  test("an archive file, as it is", () => {
    expect(hashed(archive({ path: "some.zip" })).hash).toBe(known.text);
  });

  test("a folder: as an archive of its files, links to files followed and the CLI's own folder left out", () => {
    const written = archive({
      assets: {
        "b.txt": asset({ text: "b" }),
        "inner/a.txt": asset({ text: "a" }),
        "link.txt": asset({ text: "b" }),
      },
    });

    expect(hashed(archive({ path: "folder" })).hash).toBe(hashed(written).hash);
  });

  test("an archive inside of an archive: its files below its name", () => {
    const nested = archive({ assets: { top: archive({ assets: { "x.js": asset({ text: "x" }) } }) } });

    expect(hashed(nested).hash).toBe(hashed(archive({ assets: { "top/x.js": asset({ text: "x" }) } })).hash);
  });

  test("wherever they stand in a value", () => {
    const value = { list: [{ code: asset({ text: "a test asset" }) }] };

    expect(hashed(value)).toEqual({ list: [{ code: asset({ text: "a test asset", hash: known.text }) }] });
  });
});

describe("assets are compared by their hashes alone:", () => {
  test("the same content from another place is the same", () => {
    expect(equal(hashed(asset({ text: "a test asset" })), hashed(asset({ path: "some.zip" })))).toBe(true);
  });

  test("another content is another asset, and an asset is no archive", () => {
    expect(equal(hashed(asset({ text: "a" })), hashed(asset({ text: "b" })))).toBe(false);
    expect(equal(hashed(asset({ path: "some.zip" })), hashed(archive({ path: "some.zip" })))).toBe(false);
  });
});

test.each([
  ["a remote asset", asset({ uri: "https://example.com/a" }), /remote asset https:\/\/example\.com\/a/],
  ["a remote archive", archive({ uri: "https://example.com/a.zip" }), /remote archive/],
  [
    "an archive file in an archive",
    archive({ assets: { a: archive({ path: "some.zip" }) } }),
    /does not unpack/,
  ],
  ["a long name", archive({ assets: { ["x".repeat(101)]: asset({ text: "x" }) } }), /at most 100 ASCII/],
  ["a text that is an output", asset({ text: { is: "an object" } }), /give the asset as an output/],
  ["a member that is neither", archive({ assets: { a: "text" } }), /not an asset or archive/],
  ["a file that is not there", asset({ path: "missing" }), /ENOENT/],
])("%s is refused by name", (_what, value, message) => {
  expect(() => withAssetHashes(value, directory)).toThrow(message);
});
