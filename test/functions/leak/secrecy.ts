import type { LeakWorld } from "../revoker/world.ts";

/** Looks for texts of the lengths that the secrets have, in every run of the characters they are made of. */
const holds = (text: string, secrets: ReadonlySet<string>, lengths: readonly number[]): boolean => {
  for (const [run] of text.matchAll(/[A-Za-z0-9_+/=-]{32,}/g))
    for (const length of lengths)
      for (let start = 0; start + length <= run.length; start += 1)
        if (secrets.has(run.slice(start, start + length))) return true;
  return false;
};

const said = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify(error)} ${error.cause === undefined ? "" : said(error.cause)}`
    : JSON.stringify(error);

/** Everything that the functions wrote or said, by where. */
const written = ({
  runtime,
  siem,
  slack,
  aws,
  github,
  leak,
  invocations,
}: LeakWorld): [string, unknown][] => [
  ["log", runtime.log.lines],
  ["metrics", runtime.metrics.emitted],
  ["SIEM", siem.world.events],
  ["Slack", slack.world.messages],
  ["cases", [...aws.leakTable.items]],
  ["ledger", [...aws.ledgerTable.items]],
  ["queues", [aws.leakQueue, aws.reportQueue, aws.emergencyQueue].map(({ messages }) => messages)],
  [
    "dead letters",
    [aws.leakDeadLetters, aws.reportDeadLetters, aws.emergencyDeadLetters, aws.scheduleDeadLetters].map(
      ({ messages }) => messages,
    ),
  ],
  ["failed events", runtime.deadLetters.map(({ event, error }) => [event, said(error)])],
  ["failed calls", invocations.flatMap(({ error }) => (error === undefined ? [] : [said(error)]))],
  [
    "comments on GitHub",
    github.world
      .alertsOf({ organization: leak.organization })
      .map(({ resolutionComment }) => resolutionComment),
  ],
];

/** Where a secret stands in clear that should not. */
export const secretsFound = (world: LeakWorld, secrets: Iterable<string>): string[] => {
  const wanted = new Set(secrets);
  const lengths = [...new Set([...wanted].map(({ length }) => length))];
  return written(world).flatMap(([where, what]) =>
    holds(JSON.stringify(what), wanted, lengths) ? [`a secret in: ${where}`] : [],
  );
};
