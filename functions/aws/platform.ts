import { rotationApiOver } from "../../apis/genesys/rotation-api.ts";
import type { Transport } from "../../apis/http/client.ts";
import type { Connect } from "../../apis/http/connection.ts";
import { jsonConnection } from "../../apis/http/fetch-connection.ts";
import type { Platform } from "../ports.ts";

/** A function ends after minutes: it must not wait as long as a program may. */
const patience = {
  timeoutMilliseconds: 15_000,
  retry: { longestWaitMilliseconds: 60_000, totalMilliseconds: 120_000 },
} as const satisfies Transport;

export interface GenesysPlatformOptions {
  /** GENESYSCLOUD_REGION, or GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL. */
  environment: NodeJS.ProcessEnv;
  connect?: Connect;
  transport?: Transport;
}

/** Genesys Cloud, over fetch. Each client that is asked for has a token of its own: whoever asks keeps it. */
export const genesysPlatform = ({
  environment,
  connect = jsonConnection,
  transport = {},
}: GenesysPlatformOptions): Platform => ({
  as: ({ clientId, clientSecret }) =>
    rotationApiOver(connect, {
      transport: { ...patience, ...transport },
      environment: {
        ...environment,
        GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
        GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret.reveal(),
      },
    }),
});
