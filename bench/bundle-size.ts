import { bundle } from "../client/build.ts";
import { withScratch, writeBundles } from "./function-bundles.ts";
import { atMost, type Result } from "./result.ts";

const kilobyte = 1024;

/** What a function loads as it starts, and what the client kit adds to a team's program. */
export const measureBundleSize = async (): Promise<Result[]> => {
  const functions = await withScratch(async (folder) => writeBundles(folder));
  const kit = Buffer.byteLength(await bundle(true));
  return [
    ...functions.map(({ name, bytes }) =>
      atMost(`minified bundle of the function ${name}`, bytes, 60 * kilobyte, "bytes", "size"),
    ),
    atMost("minified client kit, all of it", kit, 12 * kilobyte, "bytes", "size"),
  ];
};
