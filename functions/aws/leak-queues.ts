import type { Permission } from "../permissions.ts";

export const leaksPermissions: readonly Permission[] = [
  { actions: ["sqs:SendMessage"], on: "leakQueue", why: "Hands an alert over to be worked on" },
];

export const reportsPermissions: readonly Permission[] = [
  { actions: ["sqs:SendMessage"], on: "reportQueue", why: "Has a case reported when it is decided" },
];
