import type { GithubOptions } from "../../../sandbox/github/index.ts";
import type { OutsideCall } from "../../../sandbox/runtime/index.ts";
import type { Town } from "./town.ts";

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * The control: believes every alert. It looks for the first client id in the file, and resets that client if there is
 * one, without asking whether the secret opens it. `stops` is told before it does.
 */
export const naiveRevoker =
  (town: () => Town, stops: (call: OutsideCall) => void): NonNullable<GithubOptions["deliver"]> =>
  async (_url, headers, body) => {
    const { world } = town();
    const { action, alert, repository } = JSON.parse(body) as {
      action?: string;
      alert?: { number: number };
      repository?: { full_name: string };
    };
    if (headers["X-GitHub-Event"] !== "secret_scanning_alert" || action !== "created") return { status: 202 };
    const fullName = repository?.full_name ?? "";
    const place = world.github.world.findAlert(fullName, alert?.number ?? 0)?.locations[0];
    const blob = world.github.world.repository(fullName)?.blob(place?.blob_sha ?? "");
    const [clientId = ""] = uuid.exec(Buffer.from(blob ?? []).toString("utf8")) ?? [];
    const { clients, newSecret } = {
      clients: world.genesys.world.clients,
      newSecret: () => world.genesys.world.newSecret(),
    };
    if (!clients.has(clientId)) return { status: 202 };
    stops({
      functionName: "revoke",
      port: "platform",
      operation: "POST /api/v2/oauth/clients/{clientId}/secret",
      target: clientId,
    });
    clients.edit(clientId, { secret: newSecret() });
    return { status: 202 };
  };
