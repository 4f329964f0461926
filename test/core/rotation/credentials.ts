import { defaultCapabilities } from "../../../core/capabilities.ts";
import {
  defaultRotationSettings,
  type RotatedCredential,
  type RotationSettings,
} from "../../../core/rotation/credential.ts";

/** Monday morning. */
export const now = Date.UTC(2026, 10, 2, 9);

export const settings: RotationSettings = { ...defaultRotationSettings, capabilities: defaultCapabilities };

export const credential: RotatedCredential = {
  id: "crm",
  owner: "guard:acme/guard/prod/crm~0badcafe",
  secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:rotated/crm-AbCdEf",
  strategy: "blueGreenClients",
  actor: "master",
  client: {
    name: "CRM",
    accessTokenValiditySeconds: 3600,
    roleDivisions: [{ roleId: "role", divisionId: "*" }],
  },
  intervalSeconds: 7 * 86_400,
  secretCacheSeconds: 900,
};
