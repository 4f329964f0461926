import { randomBytes, randomUUID } from "node:crypto";
import { issued } from "../../secrecy/issued.ts";
import { alarmsSince } from "../alarms.ts";
import { startConsumers } from "../consumers.ts";
import { currentClientId, generationsOf } from "../generations.ts";
import {
  alertsIn,
  developer,
  opens,
  outputsOf,
  pairOf,
  script,
  sendToLeakQueue,
  setUp,
  toldSince,
} from "../leaks.ts";
import { expect, type Step } from "../timeline.ts";
import type { DrillWorld } from "../world.ts";
import { atOnce } from "./deploy.ts";
import { logged } from "./rotation.ts";

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Lets time pass until it is so, for a few minutes at most; says whether it is. */
const within = async (world: DrillWorld, longest: number, isSo: () => boolean): Promise<boolean> => {
  const end = world.clock.now() + longest;
  while (!isSo() && world.clock.now() < end) await world.letPass(second);
  return isSo();
};

const isClosed = (world: DrillWorld, repository: string): boolean =>
  alertsIn(world, repository).every(({ state }) => state === "resolved");

const siemSince = ({ siem }: DrillWorld, since: number): number =>
  siem.world.distinct().filter(({ receivedAt }) => receivedAt >= since).length;

export const preparation: Step<DrillWorld> = {
  title:
    "a person publishes the patterns and puts in the tokens of GitHub, Slack and the SIEM, as docs/leak.md says",
  run: async (world) => {
    await setUp(world);
    const refreshed = await world.guard("refresh", "--yes", "--skip-preview");
    expect(refreshed.exitCode === 0, "The refresh failed.", refreshed.output);
    const updated = await world.guard("up", ...atOnce);
    expect(updated.exitCode === 0, "The update failed.", updated.output);
    const patterns = world.github.world.patterns();
    const stopping = patterns.filter(({ pushProtection }) => pushProtection === "enabled").length;
    expect(stopping > 0, "Push protection is on for no pattern.", updated.output);
    return `${patterns.length} patterns published, push protection on for ${stopping}`;
  },
};

const leak: Step<DrillWorld> = {
  title: "2 a.m.: a developer pushes the secret of an integration in use, past push protection",
  run: async (world) => {
    const { github, clock } = world;
    const id = "crm-integration";
    const repository = "acme/crm-integration";
    const consumers = startConsumers(world, [id]);
    await world.letPass(30 * minute);
    const leaked = pairOf(world, currentClientId(world, id));
    const push = { repository, author: { login: developer.login }, files: { "export.py": script(leaked) } };
    const first = github.world.push(push);
    expect(first.kind === "blocked", "Push protection did not stop the push.");
    const start = clock.now();
    github.world.push({ ...push, bypass: { reason: "will_fix_later", by: developer.login } });
    expect(alertsIn(world, "crm-integration").length > 0, "GitHub raised no alert.");
    const isReplaced = await within(world, 2 * minute, () => currentClientId(world, id) !== leaked.clientId);
    expect(isReplaced, "The credential was not replaced.", logged(world));
    while (await opens(world, leaked)) {
      expect(clock.now() - start < 2 * minute, "The leaked secret still opens the client.", logged(world));
      await world.letPass(second);
    }
    const took = clock.now() - start;
    expect(
      await within(world, 5 * minute, () => isClosed(world, "crm-integration")),
      "The alert is still open.",
      logged(world),
    );
    const alerts = alertsIn(world, "crm-integration");
    expect(
      alerts.every(({ resolution }) => resolution === "revoked"),
      "An alert was not resolved as revoked.",
      alerts.map(({ resolution }) => resolution).join("\n"),
    );
    await world.letPass(minute);
    const toDeveloper = toldSince(world, developer.slackId, start);
    expect(
      toDeveloper.length === 1,
      `The developer was told ${toDeveloper.length} times.`,
      toDeveloper.join("\n"),
    );
    expect(
      toDeveloper.some((text) => text.includes("Genesys_CRM_Integration_Key")),
      "The developer was not told where the new secret is.",
      toDeveloper.join("\n"),
    );
    expect(toldSince(world, "security-alerts", start).length > 0, "Security was not told.");
    expect(siemSince(world, start) > 0, "The SIEM has no record.");
    expect(
      world.siem.world.violations().length === 0,
      "The SIEM got a record that is none.",
      world.siem.world.violations().join("\n"),
    );
    await world.letPass(2 * day);
    consumers.stop();
    expect(generationsOf(world, id).length === 1, "The leaked client is still there.", logged(world));
    const failures = consumers.failures();
    expect(failures.length === 0, `${failures.length} calls failed.`, failures.slice(0, 5).join("\n"));
    return [
      `push protection stopped it, the developer overrode it; ${Math.max(1, Math.round(took / second))} s later a new client is current and the leaked secret opens nothing`,
      `${alerts.length} alerts of one secret: replaced once, all resolved as revoked; ${consumers.calls()} calls of the integration meanwhile, none failed`,
      `told: the developer once, security, the SIEM (${siemSince(world, start)} records); the leaked client is deleted`,
    ].join("\n");
  },
};

/** 32 bytes in base64url: what a PKCE verifier is, too. */
const lookAlike = (): string => issued(randomBytes(32).toString("base64url"));

const harmless: Step<DrillWorld> = {
  title: "a look-alike, and the secret of somebody else's client: no client is touched",
  run: async (world) => {
    const { github, genesys, clock } = world;
    const start = clock.now();
    const before = genesys.world.clients.all().map(({ id, secret, state }) => `${id} ${secret} ${state}`);
    const id = currentClientId(world, "workforce-sync");
    const author = { login: developer.login };
    const bypass = { reason: "will_fix_later", by: developer.login } as const;
    const push = (path: string, text: string) =>
      github.world.push({ repository: "acme/workforce-sync", author, bypass, files: { [path]: text } });
    // The id is ours, the value is not its secret; then neither is ours.
    push("pkce.py", script({ clientId: id, clientSecret: lookAlike() }));
    push("vendor.py", script({ clientId: randomUUID(), clientSecret: lookAlike() }));
    const alerts = alertsIn(world, "workforce-sync").length;
    expect(alerts > 0, "GitHub raised no alert.");
    expect(
      await within(world, 10 * minute, () => isClosed(world, "workforce-sync")),
      "An alert is still open.",
      logged(world),
    );
    const after = genesys.world.clients.all().map(({ id, secret, state }) => `${id} ${secret} ${state}`);
    expect(after.join() === before.join(), "A client was touched.");
    const resolutions = [...new Set(alertsIn(world, "workforce-sync").map(({ resolution }) => resolution))];
    return `${alerts} alerts, resolved as ${resolutions.join(" and ")}; all ${after.length} clients as they were; ${siemSince(world, start)} records in the SIEM`;
  },
};

const decoy: Step<DrillWorld> = {
  title: "somebody pushes the secret of a decoy: security is told, and nothing gives the decoy away",
  run: async (world) => {
    const { github, genesys, clock } = world;
    const start = clock.now();
    const client = genesys.world.clients.all().find(({ name }) => name === "Legacy CRM Sync");
    expect(client !== undefined, "The decoy is gone.");
    const bait = pairOf(world, client.id);
    github.world.push({
      repository: "acme/reporting-jobs",
      author: { login: "newcomer", email: "newcomer@acme.com" },
      bypass: { reason: "will_fix_later", by: "newcomer" },
      files: { "legacy.py": script(bait) },
    });
    const told = () => toldSince(world, "security-alerts", start);
    expect(await within(world, 5 * minute, () => told().length > 0), "Security was not told.", logged(world));
    await world.letPass(30 * minute);
    const alerts = alertsIn(world, "reporting-jobs");
    expect(alerts.length > 0 && alerts.every(({ state }) => state === "open"), "The alert was touched.");
    expect(await opens(world, bait), "The decoy was stopped.");
    expect(toldSince(world, "engineering", start).length === 0, "Somebody but security was told.");
    return `security told ${told().length} time(s), ${siemSince(world, start)} record(s) in the SIEM; the decoy still opens, its alert is still open`;
  },
};

const held: Step<DrillWorld> = {
  title: "an old commit with a live secret turns up: held with a page, and stopped when a person says so",
  run: async (world) => {
    const { github, clock } = world;
    const start = clock.now();
    const id = "platform-inventory";
    const leaked = pairOf(world, currentClientId(world, id));
    github.world.push({
      repository: "acme/crm-integration",
      author: { login: "gone", email: "gone@acme.com" },
      committedAt: start - 90 * day,
      bypass: { reason: "will_fix_later", by: "gone" },
      files: { "old.py": script(leaked) },
    });
    const told = () => toldSince(world, "security-alerts", start);
    expect(await within(world, 5 * minute, () => told().length > 0), "Nobody was paged.", logged(world));
    await world.letPass(10 * minute);
    expect(await opens(world, leaked), "It was stopped without a person's word.");
    const rung = alarmsSince(world, start - 5 * minute);
    expect(rung.includes("leak-held"), "No alarm rang over the held leak.", rung.join("\n"));
    const open = alertsIn(world, "crm-integration").filter(({ state }) => state === "open");
    for (const { number } of open)
      sendToLeakQueue(world, {
        repository: "acme/crm-integration",
        number,
        release: { decision: "contain", by: "analyst@acme.com" },
      });
    expect(
      await within(world, 5 * minute, () => isClosed(world, "crm-integration")),
      "The alert is still open.",
      logged(world),
    );
    expect(!(await opens(world, leaked)), "The leaked secret still opens the client.", logged(world));
    expect(currentClientId(world, id) !== leaked.clientId, "The credential was not replaced.");
    await world.letPass(2 * day);
    return `paged, held, released by message: replaced and stopped; alarms: ${rung.join(", ")}`;
  },
};

const forged: Step<DrillWorld> = {
  title: "a webhook that GitHub did not sign",
  run: async (world) => {
    const { webhookUrl } = await outputsOf(world);
    const body = JSON.stringify({
      action: "created",
      alert: { number: 1 },
      repository: { full_name: "acme/crm-integration" },
    });
    const { status } = await world.aws.deliver(
      webhookUrl,
      {
        "x-github-event": "secret_scanning_alert",
        "x-github-delivery": randomUUID(),
        "x-hub-signature-256": `sha256=${randomBytes(32).toString("hex")}`,
      },
      body,
    );
    expect(status === 401, `It was answered ${status}.`);
    return `answered ${status}`;
  },
};

export const leaks: readonly Step<DrillWorld>[] = [leak, harmless, decoy, held, forged];
