import { issued } from "../secrecy/issued.ts";
import { expect } from "./timeline.ts";
import type { DrillWorld } from "./world.ts";

/** Of the stack's configuration: the developer whom Slack knows by this id. */
export const developer = { login: "octocat", slackId: "U024BE7LH" };

/** Whether a token is given for the pair: what a thief would try. */
export const opens = async (
  { genesys }: DrillWorld,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<boolean> => {
  const basic = issued(Buffer.from(`${clientId}:${clientSecret}`).toString("base64"));
  const { status } = await genesys.fetch("https://login.genesys.sandbox.test/oauth/token", {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials",
  });
  return status === 200;
};

/** The pair of a client, as its users have it. */
export const pairOf = ({ genesys }: DrillWorld, clientId: string) => {
  const client = genesys.world.clients.get(clientId);
  expect(client !== undefined, `There is no client ${clientId}.`);
  return { clientId, clientSecret: client.secret };
};

/** As a developer writes it down in a hurry. */
export const script = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string =>
  [
    "import PureCloudPlatformClientV2",
    "",
    "region = PureCloudPlatformClientV2.PureCloudRegionHosts.us_east_1",
    `CLIENT_ID = "${clientId}"`,
    `CLIENT_SECRET = "${clientSecret}"  # TODO: move to the vault`,
    "",
  ].join("\n");

/** What the stack tells other teams and people. */
export const outputsOf = async ({ guard }: DrillWorld) => {
  const { exitCode, output } = await guard("outputs", "--json");
  expect(exitCode === 0, "The outputs cannot be read.", output);
  return JSON.parse(output) as {
    webhookUrl: string;
    leakSecrets: Record<"githubApp" | "slack" | "siem", string>;
  };
};

/** What a person types into the consoles of AWS and GitHub, once (`docs/leak.md`). */
export const setUp = async (world: DrillWorld): Promise<void> => {
  const { aws, github, slack, siem } = world;
  const { leakSecrets } = await outputsOf(world);
  const { appId, installationId, privateKey } = github.world.installApp({ organization: "acme" });
  aws.storeSecret(leakSecrets.githubApp, { appId, installationId, privateKey });
  aws.storeSecret(leakSecrets.slack, { botToken: slack.botToken });
  aws.storeSecret(leakSecrets.siem, { token: siem.token("splunk") });
  slack.world.addUser("Octo Cat", "octo@acme.com", { id: developer.slackId });
  for (const { id } of github.world.patterns()) {
    github.world.dryRun(id);
    github.world.publish(id);
  }
};

/** The alerts of a repository of `acme`, the latest last. */
export const alertsIn = ({ github }: DrillWorld, repository: string) =>
  github.world.alertsOf({ repository: `acme/${repository}` });

/** What was said in a channel, or to a user, since then. */
export const toldSince = ({ slack }: DrillWorld, whom: string, since: number): string[] =>
  slack.world
    .messagesTo(whom)
    .filter(({ at }) => at >= since)
    .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`);

/** Sends a message to the queue of alerts, as the page says. */
export const sendToLeakQueue = ({ aws }: DrillWorld, body: object): void => {
  const queue = [...aws.cloud.region("us-east-1").queues.values()].find(
    ({ name }) => name.includes("leak") && !name.includes("dead-letter"),
  );
  expect(queue !== undefined, "The stack has no queue for leaks.");
  queue.send({ body: JSON.stringify(body), groupId: "release", deduplicationId: crypto.randomUUID() });
};
