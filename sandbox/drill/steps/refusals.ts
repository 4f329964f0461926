import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { withPolicies } from "./deploy.ts";

interface BadChange {
  title: string;
  list: "clients" | "decoys";
  id: string;
  fields: Record<string, unknown>;
  /** What the message must say, the way out included. */
  says: readonly RegExp[];
}

const badChanges: readonly BadChange[] = [
  {
    title: "a decoy with a 24-hour token is refused",
    list: "decoys",
    id: "legacy-crm-sync",
    fields: { accessTokenValiditySeconds: 86_400 },
    says: [/legacy-crm-sync|Legacy CRM Sync/, /86,?400/, /3,?600/],
  },
  {
    title: "a client open to 0.0.0.0/0 is refused",
    list: "clients",
    id: "crm-integration",
    fields: { allowedIps: ["0.0.0.0/0"] },
    says: [/crm-integration|CRM Integration/, /0\.0\.0\.0\/0/],
  },
  {
    title: "a decoy with an administrative role is refused",
    list: "decoys",
    id: "legacy-crm-sync",
    fields: { roles: ["AWS_Secrets_Rotator"] },
    says: [/legacy-crm-sync|Legacy CRM Sync/, /AWS_Secrets_Rotator/, /oauth:client:/],
  },
];

const message = (output: string, says: readonly RegExp[]): string =>
  output
    .split("\n")
    .filter((line) => says.some((pattern) => pattern.test(line)))
    .map((line) => line.trim())
    .slice(0, 3)
    .join("\n");

export const refusals: readonly Step<DrillWorld>[] = badChanges.map(({ title, list, id, fields, says }) => ({
  title: `guard up: ${title}`,
  run: async ({ guard, genesys, stack }) => {
    const undo = stack.change(list, id, fields);
    genesys.calls.reset();
    const { exitCode, output } = await guard("up", "--yes", ...withPolicies);
    undo();
    expect(exitCode === 1, `The change was not refused (exit code ${exitCode}).`, output);
    for (const pattern of says) expect(pattern.test(output), `The message does not say ${pattern}.`, output);
    expect(genesys.calls.count() === 0, `${genesys.calls.count()} calls were made before the refusal.`);
    return message(output, says);
  },
}));
