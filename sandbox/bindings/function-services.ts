import { githubApp } from "../../apis/github/app.ts";
import { parseAppCredentials } from "../../apis/github/app-credentials.ts";
import type { Transport } from "../../apis/http/client.ts";
import type { Connect } from "../../apis/http/connection.ts";
import { siemApiOver } from "../../apis/siem/create.ts";
import type { SiemKind } from "../../apis/siem/settings.ts";
import { slackApiOver } from "../../apis/slack/create.ts";
import { fieldOf } from "../../functions/aws/json-secret.ts";
import type { HeldSecret, RevokerPorts } from "../../functions/ports.ts";
import type { OutsideService } from "../runtime/mishaps.ts";

/** How the functions' network reaches the services beside AWS and the platform. */
export type OutsideServices = Readonly<Partial<Record<Exclude<OutsideService, "platform">, Connect>>>;

export interface FunctionServicesOptions {
  variable(name: string): string;
  /** The secret that a variable names. */
  held(variable: string): HeldSecret;
  services: OutsideServices;
  /** The service as this function reaches it, with what befalls its calls. */
  reach(service: OutsideService, connect: Connect): Connect;
  /** The function's own time. */
  transport: Transport;
}

const unreachable: Connect = () => async () => ({
  kind: "unreachable",
  reason: "there is no such service in this world",
});

const optional = (name: string, value: string): Record<string, string> =>
  value === "" ? {} : { [name]: value };

/**
 * GitHub, Slack and the SIEM as a deployed function knows them: with the secrets and addresses that its environment
 * variables name, whose values have been put into Secrets Manager.
 */
export const functionServices = ({
  variable,
  held,
  services,
  reach,
  transport,
}: FunctionServicesOptions): Pick<RevokerPorts, "github" | "slack" | "siem"> => {
  const connect = (service: Exclude<OutsideService, "platform">) =>
    reach(service, services[service] ?? unreachable);
  const [app, bot, token] = [
    held("GITHUB_APP_SECRET_ARN"),
    held("SLACK_SECRET_ARN"),
    held("SIEM_SECRET_ARN"),
  ];
  return {
    github: githubApp(
      { ...transport, ...optional("apiUrl", variable("GITHUB_API_URL")), connect: connect("github") },
      async (how) => parseAppCredentials(await app.read(how)),
    ),
    slack: slackApiOver(
      connect("slack"),
      { botToken: () => fieldOf(bot, "botToken"), ...optional("apiUrl", variable("SLACK_API_URL")) },
      transport,
    ),
    siem: siemApiOver(
      connect("siem"),
      {
        kind: variable("SIEM_KIND") as SiemKind,
        url: variable("SIEM_URL"),
        token: () => fieldOf(token, "token"),
      },
      transport,
    ),
  };
};
