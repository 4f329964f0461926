import type { Models } from "purecloud-platform-client-v2";
import type { GenesysSwitches } from "./switches.ts";

/** How many reads go on showing the world as it was before a change. Default 0 everywhere. */
export interface Lag {
  /** Lists and searches. */
  lists?: number;
  /** GETs of one object; a new one answers 404 meanwhile. */
  gets?: number;
  /** Permission checks of one caller after roles or grants changed. The platform takes up to 5 minutes. */
  permissionChecks?: number;
}

export interface GenesysOptions {
  /** Default: any free port. */
  port?: number;
  switches?: Partial<GenesysSwitches>;
  /** Calls per minute and token before 429; claimed of the platform: 300, the default. */
  rateLimitPerMinute?: number | "off";
  /** Token requests per minute and client before 400 `rate limit exceeded`. Default 300; the real number is not published. */
  tokenRequestsPerMinute?: number | "off";
  /** How many clients the organisation may have. Default 500; sources claim 500 and 50. */
  clientQuota?: number;
  /** Milliseconds since 1970. Default: this machine's clock. */
  clock?: () => number;
  /** How an injected latency passes. Default: on this machine's clock. */
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** How long audit rows are kept. Default: for ever. Real-time queries reach 14 days back. */
  auditDays?: number;
  lag?: Lag;
  /** Default `us-east-1`. */
  region?: string;
  /** Makes ids repeatable. Secrets never are. */
  seed?: number;
  /** The address that the platform sees of callers on this machine, unless X-Forwarded-For says another. Default 52.204.1.10. */
  callerAddress?: string;
  /** The request field of the allowlist per client, once the switch has it. Default `ipAllowlist`; not published. */
  clientAllowlistField?: string;
  /** Roles that the organisation has besides the platform's own; the deploy client holds them, in all divisions. */
  roles?: readonly { name: string; permissionPolicies?: Models.DomainPermissionPolicy[] }[];
  /** Divisions besides Home. */
  divisions?: readonly string[];
}
