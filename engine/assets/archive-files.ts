import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { isMap, type PropertyMap, signatureKey, signatures } from "../model/property.ts";
import { assetContent } from "./asset-content.ts";
import type { ArchiveFile } from "./tar.ts";

/** The endings by which Pulumi knows an archive that is one file. */
export const isArchiveFile = (path: string): boolean => /\.(tar|tgz|tar\.gz|zip|jar)$/.test(path);

/** The CLI's own folder is left out of every archive. */
const bookkeeping = ".pulumi";

/**
 * The files of an archive of assets, or of a folder, in the order in which Pulumi writes them.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/archive/archive.go (`readAssets`, `readPath`)
 *
 * @param directory what relative paths start from
 * @throws Error for what guard does not support, or cannot read
 */
export const archiveFiles = (archive: PropertyMap, directory: string): ArchiveFile[] => {
  const { path, uri } = archive;
  if (typeof uri === "string" && uri !== "")
    throw new Error(`the remote archive ${uri}: guard fetches nothing. Download it and use a FileArchive`);
  if (typeof path === "string" && path !== "") {
    if (isArchiveFile(path))
      throw new Error(`the archive file ${path} inside of an archive: guard does not unpack it`);
    return folderFiles(resolve(directory, path));
  }
  const members = isMap(archive.assets) ? archive.assets : {};
  const seen = new Set<string>();
  return byName(Object.keys(members))
    .flatMap((name) => memberFiles(name, members[name], directory))
    .filter(({ name }) => !seen.has(name) && seen.add(name));
};

const memberFiles = (
  name: string,
  member: PropertyMap[string] | undefined,
  directory: string,
): ArchiveFile[] => {
  if (isMap(member) && member[signatureKey] === signatures.asset)
    return [{ name, content: assetContent(member, directory) }];
  if (isMap(member) && member[signatureKey] === signatures.archive)
    return archiveFiles(member, directory).map((file) => ({ ...file, name: posix.join(name, file.name) }));
  throw new Error(`archive member '${name}' is not an asset or archive`);
};

/** As Go compares strings: by their bytes. */
const byName = (names: string[]): string[] =>
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const folderFiles = (folder: string, prefix = ""): ArchiveFile[] => {
  const links = new Set(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isSymbolicLink() ? [entry.name] : [],
    ),
  );
  return byName(readdirSync(folder)).flatMap((name) => {
    if (name === bookkeeping) return [];
    const path = join(folder, name);
    if (!statSync(path).isDirectory()) return [{ name: prefix + name, content: readFileSync(path) }];
    // A link to a file is followed, a link to a folder is not.
    return links.has(name) ? [] : folderFiles(path, `${prefix}${name}/`);
  });
};
