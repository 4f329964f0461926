import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isMap, type PropertyMap, type PropertyValue, signatureKey, signatures } from "../model/property.ts";
import { archiveFiles, isArchiveFile } from "./archive-files.ts";
import { assetContent } from "./asset-content.ts";
import { tarOf } from "./tar.ts";

/**
 * The value with the hash of every asset and archive in it, by which alone they are compared: SHA-256 of an asset's
 * content, of an archive file, or of a tar of everything else. Text and paths stay as they are.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go (`ComputeAssetHashes`)
 *
 * @param directory what relative paths start from: where the program runs
 * @throws Error for what guard does not support, or cannot read
 */
export const withAssetHashes = (value: PropertyValue, directory: string): PropertyValue => {
  if (Array.isArray(value)) return value.map((element) => withAssetHashes(element, directory));
  if (!isMap(value)) return value;
  const kind = value[signatureKey];
  if (kind === signatures.asset)
    return { ...kept(value, directory), hash: sha256(assetContent(value, directory)) };
  if (kind === signatures.archive)
    return { ...kept(value, directory), hash: sha256(archiveBytes(value, directory)) };
  return within(value, directory);
};

const within = (map: PropertyMap, directory: string): PropertyMap =>
  Object.fromEntries(Object.entries(map).map(([key, member]) => [key, withAssetHashes(member, directory)]));

/** What is recorded of an asset or archive; the SDK sends marks of its own besides. */
const kept = (
  { [signatureKey]: kind = "", text, path, uri, assets }: PropertyMap,
  directory: string,
): PropertyMap => ({
  [signatureKey]: kind,
  ...(text !== undefined && { text }),
  ...(path !== undefined && { path }),
  ...(uri !== undefined && { uri }),
  ...(isMap(assets) && { assets: within(assets, directory) }),
});

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const archiveBytes = (archive: PropertyMap, directory: string): Buffer => {
  const { path } = archive;
  if (typeof path === "string" && isArchiveFile(path)) return readFileSync(resolve(directory, path));
  return tarOf(archiveFiles(archive, directory));
};
