import type { Permission } from "../permissions.ts";

export { awsFifoQueue as awsEmergencies } from "./fifo-queue.ts";

export const emergenciesPermissions: readonly Permission[] = [
  {
    actions: ["sqs:SendMessage"],
    on: "emergencyQueue",
    why: "Asks for the rotation of a credential whose client is gone, refused or leaked",
  },
];
