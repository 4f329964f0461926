import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PropertyMap } from "../model/property.ts";

/** The content of an asset of text or of a file. @throws Error for a remote one, or a file that cannot be read */
export const assetContent = ({ text, path, uri }: PropertyMap, directory: string): Buffer => {
  if (typeof uri === "string" && uri !== "")
    throw new Error(`the remote asset ${uri}: guard fetches nothing. Download it and use a FileAsset`);
  if (typeof path === "string" && path !== "") return readFileSync(resolve(directory, path));
  if (text === undefined || typeof text === "string") return Buffer.from(text ?? "");
  throw new Error("the text of an asset is no string: give the asset as an output, not its text");
};
