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
    says: [/86,?400/, /3,?600/, /for example/],
  },
  {
    title: "a client open to 0.0.0.0/0 is refused",
    list: "clients",
    id: "crm-integration",
    fields: { allowedIps: ["0.0.0.0/0"] },
    says: [/0\.0\.0\.0\/0/, /List the addresses/],
  },
  {
    title: "a decoy with an administrative role is refused",
    list: "decoys",
    id: "legacy-crm-sync",
    fields: { roles: ["AWS_Secrets_Rotator"] },
    says: [/aws-secrets-rotator/, /oauth:client:/, /Remove the permission from the role, or the role from/],
  },
];

/** The first line that says what must be otherwise of the resource. */
const refusalOf = (output: string, id: string): string =>
  output
    .split("\n")
    .find((line) => line.includes(id) && /\bmust\b/.test(line))
    ?.trim() ?? "";

export const refusals: readonly Step<DrillWorld>[] = badChanges.map(({ title, list, id, fields, says }) => ({
  title: `guard up: ${title}`,
  run: async ({ guard, genesys, stack }) => {
    const undo = stack.change(list, id, fields);
    genesys.calls.reset();
    const { exitCode, output } = await guard("up", "--yes", ...withPolicies);
    undo();
    expect(exitCode === 1, `The change was not refused (exit code ${exitCode}).`, output);
    const refusal = refusalOf(output, id);
    for (const pattern of says) expect(pattern.test(refusal), `The message does not say ${pattern}.`, output);
    expect(genesys.calls.count() === 0, `${genesys.calls.count()} calls were made before the refusal.`);
    return refusal;
  },
}));
