import fc from "fast-check";
import type { Models } from "purecloud-platform-client-v2";
import { proof } from "../../proof.ts";
import { clientsPath, daySeconds, startCaller, stopSimulators } from "./caller.ts";

afterEach(stopSimulators);

type Step =
  | { kind: "create"; fields: object }
  | { kind: "put"; which: number; fields: object }
  | { kind: "delete" | "reset" | "get"; which: number }
  | { kind: "byHand"; which: number; name: string }
  | { kind: "wait"; seconds: number };

const fields = fc.record(
  {
    name: fc.constantFrom("CRM Sync", "Wallboard", ""),
    description: fc.constantFrom("nightly", null),
    accessTokenValiditySeconds: fc.constantFrom(299, 300, 86400, 172801),
    state: fc.constantFrom("active", "inactive", "disabled", "gone"),
  },
  { requiredKeys: [] },
);
const which = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), fields }),
  fc.record({ kind: fc.constant("put" as const), which, fields }),
  fc.record({ kind: fc.constantFrom("delete" as const, "reset" as const, "get" as const), which }),
  fc.record({ kind: fc.constant("byHand" as const), which, name: fc.constantFrom("Renamed", "CRM Sync") }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(1, 8 * daySeconds) }),
);

const quota = 4;

/** Plays a history and checks after each step what must hold whatever happened. */
const play = async (steps: Step[]): Promise<void> => {
  const { call, clientBody, clock, genesys, world } = await startCaller({ clientQuota: quota });
  const ids: string[] = ["none"];
  const secrets = new Set<string>([genesys.credentials.clientSecret]);
  const answers: string[] = [];
  const send = async (method: string, path: string, body?: unknown) => {
    const { status, body: answer } = await call<Models.OAuthClient & Models.ErrorBody>(method, path, body);
    if (status === 200 && method === "POST") {
      ids.push(answer.id ?? "");
      secrets.add(answer.secret ?? "");
    } else answers.push(JSON.stringify(answer));
    return status;
  };
  for (const each of steps) {
    const id = "which" in each ? (ids[each.which % ids.length] ?? "none") : "";
    const audited = world.audits.all.length;
    const existed = world.clients.has(id);
    switch (each.kind) {
      case "create":
        await send("POST", clientsPath, clientBody(each.fields));
        break;
      case "put": {
        const status = await send("PUT", `${clientsPath}/${id}`, clientBody(each.fields));
        expect(world.audits.all.length - audited).toBe(status === 200 ? 1 : 0);
        break;
      }
      case "delete": {
        const wasInactive = world.clients.get(id)?.state === "inactive";
        const status = await send("DELETE", `${clientsPath}/${id}`);
        expect(status).toBe(existed ? (wasInactive ? 204 : 400) : 404);
        break;
      }
      case "reset": {
        const status = await send("POST", `${clientsPath}/${id}/secret`);
        expect(status).toBe(existed ? 200 : 404);
        break;
      }
      case "get": {
        const status = await send("GET", `${clientsPath}/${id}`);
        expect(status).toBe(existed ? 200 : 404);
        break;
      }
      case "byHand":
        if (existed) world.clients.edit(id, { name: each.name });
        break;
      case "wait":
        clock.pass(each.seconds);
        world.settle();
        break;
    }
    const { body } = await call<Models.OAuthClientEntityListing>("GET", clientsPath);
    const listed = body.entities ?? [];
    expect(listed.map((client) => client.id)).toEqual(world.clients.all().map((client) => client.id));
    expect(world.clients.size).toBeLessThanOrEqual(quota);
    for (const client of listed) {
      expect(world.deletedClients.has(client.id ?? "")).toBe(false);
      expect(client.accessTokenValiditySeconds).toBeGreaterThanOrEqual(300);
      expect(client.accessTokenValiditySeconds).toBeLessThanOrEqual(172800);
      expect((await call("GET", `${clientsPath}/${client.id}`)).body).toEqual(client);
    }
    answers.push(JSON.stringify(body));
  }
  const told = `${answers.join()}${JSON.stringify(world.audits.all)}${JSON.stringify(world.snapshot())}`;
  for (const secret of secrets) expect(told).not.toContain(secret);
  await stopSimulators();
};

proof(
  "after every history of a client, list, GET and world agree, and no secret was told twice",
  { quick: 25, full: 500 },
  async (numRuns, seed) => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 15 }), play), { numRuns, seed });
  },
);
