import type { Permission } from "../permissions.ts";

export { awsLedger as awsCases } from "./ledger.ts";

export const casesPermissions: readonly Permission[] = [
  {
    actions: ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem"],
    on: "leakTable",
    why: "Reads what is known of alerts and leaks, and writes those that it holds the lease of",
  },
];
