import type { AwsSession } from "../../apis/aws/session.ts";
import { jsonConnection } from "../../apis/http/fetch-connection.ts";
import type { SiemApi } from "../../apis/siem/api.ts";
import { siemApiOver } from "../../apis/siem/create.ts";
import type { Permission } from "../permissions.ts";
import { PortError } from "../ports.ts";
import { awsHeldSecret, heldSecretPermissions } from "./held-secret.ts";
import { fieldOf } from "./json-secret.ts";

export const siemPermissions: readonly Permission[] = heldSecretPermissions(
  "siemSecret",
  "The token of the SIEM's intake",
);

export interface AwsSiemOptions {
  /** Of JSON `{token}`. */
  secretArn: string;
  url: string;
  /** `splunk` or `datadog`. */
  kind: string;
}

/** @throws PortError invalid, for a kind that is neither */
export const awsSiem = (session: AwsSession, { secretArn, url, kind }: AwsSiemOptions): SiemApi => {
  if (kind !== "splunk" && kind !== "datadog")
    throw new PortError("invalid", `SIEM_KIND is "${kind}", which is neither splunk nor datadog.`);
  const held = awsHeldSecret(session, { secretArn });
  return siemApiOver(jsonConnection, { kind, url, token: () => fieldOf(held, "token") });
};
