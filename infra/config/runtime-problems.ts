import { awsKeys, requiredAwsKeys } from "./aws-config.ts";
import type { DraftConfig } from "./cross-problems.ts";
import type { Problem } from "./problems.ts";

/** What the other runtime would need, or this one does. `has` tells whether a key has a value. */
export const runtimeProblems = (
  runtime: "none" | "aws" | undefined,
  has: (key: string) => boolean,
  { clients }: DraftConfig,
): Problem[] => {
  if (runtime === undefined) return [];
  if (runtime === "aws") {
    const missing = requiredAwsKeys
      .filter((key) => !has(key))
      .map((path) => ({ path, reason: "is missing; a stack with runtime: aws needs it" }));
    return has("leak") && !has("secretScanning")
      ? [...missing, { path: "secretScanning", reason: "is missing; leak needs its organization" }]
      : missing;
  }
  const reason = "has no effect with runtime: none; set runtime: aws, or take it out";
  return [
    ...awsKeys.filter(has).map((path) => ({ path, reason })),
    ...clients.flatMap((client, index) =>
      client?.rotation === undefined ? [] : [{ path: `clients[${index}].rotation`, reason }],
    ),
  ];
};
