import { randomBytes, randomUUID } from "node:crypto";
import type { AlertCase, AlertId } from "../../../core/leak/alert-case.ts";
import { fileWith, LeakWorld, organization, repository } from "./world.ts";

const outcome = (world: LeakWorld, alert: AlertId): Partial<AlertCase> => {
  const { action, verdict, ownership, containment } = world.case(alert) ?? {};
  return JSON.parse(JSON.stringify({ action, verdict, ownership, containment }));
};

const newClients = (world: LeakWorld): number =>
  world.genesys.world.differences().filter((line) => /^(?:oauth)?clients? .* added$/.test(line)).length;

const texts = (world: LeakWorld): string => JSON.stringify(world.slack.world.messages);

describe("a live secret of a credential in use", () => {
  test("is replaced, then dead, and everybody is told", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    const current = world.value("crm");
    expect(current.clientId).not.toBe(leaked.clientId);
    expect(await world.logsIn(current)).toBe(true);
    expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
    expect(world.said()).toEqual(["security", "dev"]);
    expect(world.siem.world.events).toHaveLength(2);
    expect(world.siem.world.violations()).toEqual([]);
    expect(outcome(world, alert)).toMatchObject({
      action: { kind: "replaceAndContain" },
      verdict: { kind: "live", because: "loginGranted" },
      containment: "secretReset",
    });
    expect(world.metric("Containments")).toEqual([1]);
  });

  test("is deleted in the end, and reconcile finds nothing to mend", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    world.push(leaked);
    await world.pass(3 * 3600);
    expect(world.genesys.world.clients.get(leaked.clientId)).toBeUndefined();
    const report = await world.runtime.invoke("reconcile", {});
    expect(report).toMatchObject({ reports: [], orphans: 0, deleted: 0, rotations: [] });
    expect(await world.logsIn(world.value("crm"))).toBe(true);
  });

  test("is disabled where the platform lets tenants do so", async () => {
    const world = new LeakWorld({
      genesys: { switches: { tenantMaySetDisabled: true } },
      rotation: (given) => ({
        ...given,
        settings: {
          ...given.settings,
          capabilities: { ...given.settings.capabilities, tenantMayDisable: true },
        },
      }),
    });
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(world.genesys.world.clients.get(leaked.clientId)?.state).toBe("disabled");
    expect(outcome(world, alert).containment).toBe("disabled");
  });

  test("gets another secret where the platform does not let it be disabled after all", async () => {
    const world = new LeakWorld({
      rotation: (given) => ({
        ...given,
        settings: {
          ...given.settings,
          capabilities: { ...given.settings.capabilities, tenantMayDisable: true },
        },
      }),
    });
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(outcome(world, alert).containment).toBe("secretReset");
  });

  test("is replaced in place where it is rotated so", async () => {
    const world = new LeakWorld({
      rotation: (given) => ({
        ...given,
        credentials: given.credentials.map((each) => ({
          ...each,
          strategy: each.id === "crm" ? "inPlace" : each.strategy,
        })),
      }),
    });
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(world.value("crm").clientId).toBe(leaked.clientId);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(outcome(world, alert).containment).toBe("replacedInPlace");
  });

  test("is stopped without a replacement where the organisation may have no client more, and a rotation is asked for", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    const { length } = world.genesys.world.clients.all();
    const full = new LeakWorld({ genesys: { clientQuota: length } });
    const alert = full.push(full.value("crm"));
    const gone = full.value("crm");
    await full.pass(2);
    expect(await full.logsIn(gone)).toBe(false);
    expect(full.case(alert)?.replacedAt).toBeUndefined();
    expect(texts(full)).toContain("PAGE");
    expect(full.runtime.log.lines.some(({ message }) => message === "A rotation out of turn")).toBe(true);
    expect(await world.logsIn(leaked)).toBe(true);
  });

  test("is stopped when its replacement takes too long, and replaced by the rotator then", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    let hangs = true;
    world.mishap = ({ functionName, operation }) =>
      hangs && functionName === "revoke" && operation === "POST /api/v2/oauth/clients"
        ? { kind: "status", status: 429, retryAfterSeconds: 9 }
        : undefined;
    const alert = world.push(leaked);
    await world.pass(25);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.case(alert)?.replacedAt).toBeUndefined();
    hangs = false;
    await world.pass(120);
    expect(world.value("crm").clientId).not.toBe(leaked.clientId);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    await world.pass(3 * 86_400);
    await world.runtime.invoke("reconcile", {});
    expect(await world.logsIn(world.value("crm"))).toBe(true);
  });

  test.each(["blueGreenClients", "inPlace"] as const)(
    "waits for a rotation that is under way, and then judges anew: %s",
    async (strategy) => {
      const world = new LeakWorld({
        rotation: (given) => ({
          ...given,
          credentials: given.credentials.map((each) => (each.id === "crm" ? { ...each, strategy } : each)),
        }),
      });
      const leaked = world.value("crm");
      const ledger = world.aws.portsFor("unrestricted").ledger;
      const lease = await ledger.acquire("credential#crm", "a rotation", 600);
      const alert = world.push(leaked);
      await world.pass(10);
      expect(world.case(alert)?.containedAt).toBeUndefined();
      if (lease !== undefined) await ledger.release(lease);
      await world.pass(20);
      expect(await world.logsIn(leaked)).toBe(false);
      expect(await world.logsIn(world.value("crm"))).toBe(true);
    },
  );

  test("is stopped at once when a rotation does not let go of it in time", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    await world.aws.portsFor("unrestricted").ledger.acquire("credential#crm", "a rotation", 300);
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.case(alert)?.containedAt).toBeDefined();
    await world.pass(1800);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    expect(world.value("crm").clientId).not.toBe(leaked.clientId);
  });
});

describe("a live secret that nobody needs", () => {
  test("of a superseded generation is stopped at once, and its successor left alone", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    await world.rotate("crm");
    const current = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.value("crm")).toEqual(current);
    expect(await world.logsIn(current)).toBe(true);
    expect(outcome(world, alert)).toMatchObject({
      action: { kind: "contain" },
      ownership: { generation: "superseded" },
    });
  });

  test("of a generation that is not yet current is stopped, and its rotation given up", async () => {
    const world = new LeakWorld();
    world.mishap = (call) =>
      call.functionName === "rotate" && call.operation === "moveStage" ? { kind: "failBefore" } : undefined;
    const versionId = randomUUID();
    await world.pass(60);
    world.aws.secretsManager.rotateSecret({
      SecretId: world.credential("crm").secretArn,
      ClientRequestToken: versionId,
    });
    const isPending = () =>
      world.aws.secretsManager.store.find(world.credential("crm").secretArn).versions.get(versionId)?.value;
    for (let minute = 0; minute < 48 * 60 && isPending() === undefined; minute += 1) await world.pass(60);
    const leaked = world.value("crm", "AWSPENDING");
    const alert = world.push(leaked);
    await world.pass(30);
    world.mishap = () => undefined;
    expect(outcome(world, alert)).toMatchObject({
      action: { kind: "contain" },
      ownership: { generation: "pending" },
    });
    await world.pass(3 * 3600);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.value("crm").clientId).not.toBe(leaked.clientId);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
  });

  test("of a client that the stack declares is reset, and stored where its users read it", async () => {
    const world = new LeakWorld();
    const leaked = world.pairOf("wallboard");
    const alert = world.push(leaked);
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(world.value("wallboard").clientId).toBe(leaked.clientId);
    expect(await world.logsIn(world.value("wallboard"))).toBe(true);
    expect(outcome(world, alert).containment).toBe("replacedInPlace");
  });
});

describe("what is not proven live and ours", () => {
  test("is left alone: a look-alike", async () => {
    const world = new LeakWorld();
    const alert = world.push({
      clientId: randomUUID(),
      clientSecret: `${randomBytes(32).toString("base64url").slice(0, 42)}A`,
    });
    await world.pass(30);
    expect(world.genesys.world.differences()).toEqual([]);
    expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "false_positive" });
    expect(outcome(world, alert).action).toEqual({ kind: "reportOnly" });
  });

  test("is left alone: a dead secret of ours", async () => {
    const world = new LeakWorld();
    const { clientId } = world.value("crm");
    const alert = world.push({
      clientId,
      clientSecret: `${randomBytes(32).toString("base64url").slice(0, 42)}A`,
    });
    await world.pass(30);
    expect(world.genesys.world.differences()).toEqual([]);
    expect(outcome(world, alert)).toMatchObject({
      action: { kind: "reportOnly" },
      verdict: { kind: "dead" },
    });
  });

  test("is left alone: a decoy, of which only security and the SIEM hear", async () => {
    const world = new LeakWorld();
    const decoy = world.pairOf("backup");
    const alert = world.push(decoy);
    await world.pass(600);
    expect(world.genesys.world.differences()).toEqual([]);
    expect(await world.logsIn(decoy)).toBe(true);
    expect(world.alertState(alert)).toEqual({ state: "open", resolution: null });
    expect(world.said()).toEqual(["security"]);
    expect(world.siem.world.events).not.toEqual([]);
    expect(world.genesys.calls.all.filter(({ path }) => path.includes(decoy.clientId))).toEqual([]);
  });

  test("is left alone: a client of the organisation that the stack does not declare", async () => {
    const world = new LeakWorld();
    const stranger = world.addClient("Somebody's");
    const alert = world.push(stranger);
    await world.pass(30);
    expect(await world.logsIn(stranger)).toBe(true);
    expect(outcome(world, alert).action).toEqual({ kind: "hold", because: "unmanagedClient" });
    expect(world.metric("HeldCases")).toEqual([1]);
  });

  test("gets no login with an id that is not ours", async () => {
    const world = new LeakWorld();
    const foreign = Array.from({ length: 40 }, () => randomUUID());
    const leaked = world.value("crm");
    world.push(leaked, {
      files: { "ids.txt": `${foreign.join("\n")}\nsecret = "${leaked.clientSecret}"\n${leaked.clientId}\n` },
    });
    await world.pass(60);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
  });
});

describe("a secret without its id beside it", () => {
  test("is found by an id in another file of the commit", async () => {
    const world = new LeakWorld();
    const leaked = world.pairOf("reporting");
    world.push(leaked, {
      files: { "secret.txt": `secret="${leaked.clientSecret}"\n`, "id.txt": `client ${leaked.clientId}\n` },
    });
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
  });

  test("is found by its looks in the secret store", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    world.push(leaked, { files: { "secret.txt": `secret="${leaked.clientSecret}"\n` } });
    await world.pass(30);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
  });

  test("is found in a file of a hundred megabytes by its looks in the store, and held where the store has it not", async () => {
    const world = new LeakWorld({ github: { largestBlob: 1000 } });
    const padding = "x".repeat(2_000);
    const leaked = world.value("crm");
    world.push(leaked, { files: { "a.log": `${fileWith(leaked)}${padding}` } });
    const other = world.pairOf("reporting");
    const alert = world.push(other, { files: { "b.log": `${fileWith(other)}${padding}` } });
    await world.pass(60);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(await world.logsIn(other)).toBe(true);
    expect(outcome(world, alert).action).toEqual({ kind: "hold", because: "unknownVerdict" });
  });

  test("is found in a binary file by its looks in the store", async () => {
    const world = new LeakWorld();
    const leaked = world.value("crm");
    const bytes = Buffer.concat([
      Buffer.from([0, 1, 2, 255, 254]),
      Buffer.from(` ${leaked.clientSecret} `),
      randomBytes(200),
    ]);
    world.push(leaked, { files: { "dump.bin": bytes } });
    await world.pass(60);
    expect(await world.logsIn(leaked)).toBe(false);
  });
});

describe("what GitHub no longer has", () => {
  test("an alert whose repository is gone is held for a person", async () => {
    const world = new LeakWorld();
    world.mishap = ({ functionName }) => (functionName === "revoke" ? { kind: "crashBefore" } : undefined);
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    await world.pass(10);
    world.github.world.deleteRepository(repository);
    world.mishap = () => undefined;
    await world.pass(600);
    expect(await world.logsIn(leaked)).toBe(true);
    expect(outcome(world, alert).action).toEqual({ kind: "hold", because: "unknownVerdict" });
    expect(texts(world)).toContain("PAGE");
  });

  test("a resolved alert is answered all the same, because the secret is public", async () => {
    const world = new LeakWorld();
    world.mishap = ({ functionName }) => (functionName === "revoke" ? { kind: "crashBefore" } : undefined);
    const leaked = world.value("crm");
    const alert = world.push(leaked);
    const found = world.github.world.findAlert(alert.repository, alert.number);
    if (found === undefined) throw new Error("There is no alert.");
    world.github.world.resolveAlert(found, "wont_fix", "dev");
    await world.pass(10);
    world.mishap = () => undefined;
    await world.pass(600);
    expect(await world.logsIn(leaked)).toBe(false);
  });
});

describe("a refusal that says nothing", () => {
  test("to an address that may be denied is no proof: the store's word counts", async () => {
    const world = new LeakWorld({
      genesys: { switches: { clientAllowlist: "optional" } },
      rotation: (given) => ({
        ...given,
        credentials: given.credentials.map((each) =>
          each.id === "crm" ? { ...each, client: { ...each.client, allowlist: ["192.0.2.0/24"] } } : each,
        ),
      }),
    });
    const leaked = world.value("crm");
    world.genesys.world.clients.edit(leaked.clientId, { allowlist: ["198.51.100.0/24"] } as object);
    const alert = world.push(leaked);
    await world.pass(60);
    expect(world.case(alert)?.verdict).toMatchObject({ kind: "live" });
    expect(world.case(alert)?.containedAt).toBeDefined();
  });

  test("because of a rate limit is asked again, and held in the end", async () => {
    const world = new LeakWorld({ isScheduled: true });
    const leaked = world.pairOf("reporting");
    world.mishap = ({ functionName, operation }) =>
      functionName === "revoke" && operation === "POST /oauth/token"
        ? { kind: "status", status: 429, retryAfterSeconds: 60 }
        : undefined;
    const alert = world.push(leaked);
    await world.pass(60);
    expect(outcome(world, alert).action?.kind).toBe("lookAgain");
    await world.pass(3 * 3600);
    expect(outcome(world, alert).action).toEqual({ kind: "hold", because: "unknownVerdict" });
    expect(await world.logsIn(leaked)).toBe(true);
  });

  test("that passes is followed by the answer", async () => {
    const world = new LeakWorld();
    const leaked = world.pairOf("reporting");
    let isDown = true;
    world.mishap = ({ functionName, operation }) =>
      isDown && functionName === "revoke" && operation === "POST /oauth/token"
        ? { kind: "failBefore" }
        : undefined;
    world.push(leaked);
    await world.pass(25);
    isDown = false;
    await world.pass(900);
    expect(await world.logsIn(leaked)).toBe(false);
  });
});

test("nothing is touched while the platform refuses the master, and people are called", async () => {
  const world = new LeakWorld({ isScheduled: true });
  const leaked = world.pairOf("reporting");
  world.genesys.world.clients.edit(world.value("master").clientId, {
    secret: world.genesys.world.newSecret(),
  });
  const alert = world.push(leaked);
  await world.pass(3 * 3600);
  expect(await world.logsIn(leaked)).toBe(true);
  expect(outcome(world, alert).action).toEqual({ kind: "hold", because: "unknownVerdict" });
  expect(texts(world)).toContain("PAGE");
});

describe("one secret in several alerts", () => {
  test("is contained once, and all of them are told so", async () => {
    const world = new LeakWorld({ github: { repositories: [repository, `${organization}/other`] } });
    const leaked = world.value("crm");
    const alerts = [world.push(leaked), world.push(leaked, { repository: `${organization}/other` })];
    await world.pass(60);
    expect(await world.logsIn(leaked)).toBe(false);
    expect(await world.logsIn(world.value("crm"))).toBe(true);
    for (const alert of alerts) {
      expect(world.case(alert)?.containedAt).toBeDefined();
      expect(world.alertState(alert)).toEqual({ state: "resolved", resolution: "revoked" });
    }
    expect(world.metric("Containments")).toEqual([1]);
    expect(newClients(world)).toBe(1);
  });

  test("and in webhooks that come twice is answered once", async () => {
    const world = new LeakWorld();
    world.github.world.setMishaps(() => ({ kind: "duplicated", milliseconds: 400_000 }));
    const leaked = world.value("crm");
    world.push(leaked);
    await world.pass(1_000);
    expect(world.metric("Containments")).toEqual([1]);
    expect(newClients(world)).toBe(1);
    expect(world.said()).toEqual(["security", "dev"]);
  });
});
