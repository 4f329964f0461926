/** `npm run bench`: measures, prints a table, writes bench/results.json, exits with 1 where a goal is missed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureBundleSize } from "./bundle-size.ts";
import { measureCalls } from "./calls.ts";
import { measureImports } from "./import-ratio.ts";
import { measureLeakLatency } from "./leak-latency.ts";
import { measurePreview } from "./preview-ratio.ts";
import { measureProviderText } from "./provider-text.ts";

const results = [
  ...(await measureProviderText()),
  ...(await measureBundleSize()),
  ...(await measureImports()),
  ...(await measurePreview()),
  ...(await measureCalls()),
  ...(await measureLeakLatency()),
];

console.table(
  results.map(({ name, measured, goal, unit, ok }) => ({ name, measured, "at most": goal, unit, ok })),
);
writeFileSync(join(import.meta.dirname, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
if (results.some(({ ok }) => !ok)) process.exitCode = 1;
