import type { RotationApi } from "../../apis/genesys/api.ts";
import { rotationApiOver } from "../../apis/genesys/rotation-api.ts";
import type { Transport } from "../../apis/http/client.ts";
import type { Connect } from "../../apis/http/connection.ts";
import { fetchConnection } from "../../apis/http/fetch-connection.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { Platform } from "../ports.ts";

/** A function ends after minutes: it must not wait as long as a program may. */
const patience = {
  timeoutMilliseconds: 15_000,
  retry: { longestWaitMilliseconds: 60_000, totalMilliseconds: 120_000 },
} as const satisfies Transport;

/** Clients kept with their tokens; more are in use at once only while everything is rotated. */
const kept = 32;

export interface GenesysPlatformOptions {
  /** GENESYSCLOUD_REGION, or GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL. */
  environment: NodeJS.ProcessEnv;
  connect?: Connect;
  transport?: Transport;
}

/** Genesys Cloud, over fetch. A function that stays warm keeps the tokens of its clients. */
export const genesysPlatform = ({
  environment,
  connect = fetchConnection,
  transport = {},
}: GenesysPlatformOptions): Platform => {
  const clients = new Map<string, RotationApi>();
  return {
    as: ({ clientId, clientSecret }) => {
      const key = `${clientId} ${fingerprint(clientSecret.reveal())}`;
      const known = clients.get(key);
      // Put in again, so that the first of the map is the one that was not used for longest.
      clients.delete(key);
      const api =
        known ??
        rotationApiOver(connect, {
          transport: { ...patience, ...transport },
          environment: {
            ...environment,
            GENESYSCLOUD_OAUTHCLIENT_ID: clientId,
            GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret.reveal(),
          },
        });
      clients.set(key, api);
      const [oldest] = clients.keys();
      if (clients.size > kept && oldest !== undefined) clients.delete(oldest);
      return api;
    },
  };
};
