import { atMost, type Result } from "./result.ts";
import { openWorkspace } from "./workspace.ts";

const clients = 300;

/** What a stack of 300 clients costs in calls, without and with the platform's rate limit. */
export const measureCalls = async (): Promise<Result[]> => {
  const results: Result[] = [];
  const add = (name: string, measured: number, goal: number, unit = "calls") =>
    results.push(atMost(name, measured, goal, unit, "count"));

  const unlimited = await openWorkspace(clients, { rateLimitPerMinute: "off" });
  const { genesys, guard } = unlimited;
  try {
    await guard("up", "--yes");
    add(`first up of ${clients} clients`, genesys.calls.count(), 3 * clients + 20);
    genesys.calls.reset();
    await guard("preview", "--expect-no-changes");
    add(`unchanged preview of ${clients} clients`, genesys.calls.count(), 0);
    genesys.calls.reset();
    await guard("refresh", "--yes", "--skip-preview");
    add(`refresh of ${clients} clients, one pass`, genesys.calls.count(), 10);
    genesys.switches.clientList = "firstPage";
    const listed = 25;
    genesys.calls.reset();
    await guard("refresh", "--yes", "--skip-preview");
    add(
      `refresh where the list gives ${listed} of them, one pass`,
      genesys.calls.count(),
      10 + clients - listed,
    );
    genesys.switches.clientList = "complete";
    await guard("destroy", "--yes");
    add("objects left by destroy", genesys.world.differences().length, 0, "objects");
  } finally {
    await unlimited.close();
  }

  const limited = await openWorkspace(clients, {});
  try {
    await limited.guard("up", "--yes");
    const there = limited.genesys.world.clients.all().filter(({ name }) => name.startsWith("Client ")).length;
    add(`clients missing after up at 300 calls a minute`, clients - there, 0, "clients");
  } finally {
    await limited.close();
  }
  return results;
};
