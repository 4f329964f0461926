import { LeakWorld } from "./world.ts";

/** Everything that the world wrote down, but what GitHub and the secret store hold by their nature. */
const written = (world: LeakWorld): string =>
  JSON.stringify({
    log: world.runtime.log.lines,
    metrics: world.runtime.metrics.emitted,
    slack: world.slack.world.messages,
    siem: world.siem.world.events,
    cases: [...world.aws.leakTable.items],
    ledger: [...world.aws.ledgerTable.items],
    queues: [world.aws.leakQueue, world.aws.reportQueue, world.aws.emergencyQueue].map(
      ({ messages }) => messages,
    ),
    deadLetters: [world.aws.leakDeadLetters, world.aws.reportDeadLetters].map(({ messages }) => messages),
    failures: world.invocations.map(({ error }) =>
      error instanceof Error ? [error.message, error.stack] : error,
    ),
    comments: world.github.world.findAlert("example-org/reports", 1)?.resolutionComment,
  });

/** Secrets as they are, and as they may be spelt. */
const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString("base64"),
  Buffer.from(secret).toString("base64url"),
  Buffer.from(secret).toString("hex"),
  encodeURIComponent(secret),
];

/** All that was ever secret: of every client, old and new, of the webhook, the SIEM, Slack. */
const secretsOf = (world: LeakWorld, seen: Set<string>): string[] => {
  for (const { secret } of world.genesys.world.clients.all()) seen.add(secret);
  return [...seen, world.webhookSecret, world.siem.token("splunk"), world.slack.botToken];
};

test.each([
  ["undisturbed", () => undefined],
  [
    "with failures of every service",
    (random: () => number) => (random() < 0.15 ? ({ kind: "failAfter" } as const) : undefined),
  ],
  [
    "with refusals",
    (random: () => number) => (random() < 0.15 ? ({ kind: "status", status: 500 } as const) : undefined),
  ],
])("no secret is written anywhere: %s", async (_, befalls) => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const world = new LeakWorld({ seed, settings: { unmanagedClients: "contain" }, isScheduled: true });
    const seen = new Set<string>();
    secretsOf(world, seen);
    world.mishap = () => befalls(world.clock.random);
    for (const pair of [
      world.value("crm"),
      world.pairOf("wallboard"),
      world.pairOf("backup"),
      world.addClient("Another"),
    ]) {
      world.push(pair);
      await world.pass(120);
      secretsOf(world, seen);
    }
    await world.pass(1_800);
    const text = written(world);
    expect(text.length).toBeGreaterThan(5_000);
    for (const secret of secretsOf(world, seen))
      for (const spelling of spellings(secret)) expect(text.includes(spelling)).toBe(false);
  }
});
