import type { Capabilities } from "../capabilities.ts";

/**
 * How a credential is replaced.
 *
 * - `blueGreenClients`: a new client beside the old one; no user notices.
 * - `overlappingSecrets`: a second secret on the same client, where the platform has such a thing.
 * - `inPlace`: the client's secret is overwritten; tokens are refused until every user has read the new one.
 */
export type RotationStrategy = "blueGreenClients" | "overlappingSecrets" | "inPlace";

/**
 * With whose rights the platform is called: the master client's, or the credential's own. A client can only be made
 * by one that holds every role that it gets, so the master and the deploy key replace themselves.
 */
export type RotationActor = "master" | "self";

/** One rotated credential as the stack declares it. Nothing in it is secret. */
export interface RotatedCredential {
  /** Its name in the stack. */
  id: string;
  /** Prefix of the markers of all its generations (`core/marker.ts`). */
  owner: string;
  secretArn: string;
  strategy: RotationStrategy;
  actor: RotationActor;
  /** What every generation is made with. */
  client: {
    name: string;
    description?: string;
    accessTokenValiditySeconds: number;
    roleDivisions: readonly { roleId: string; divisionId: string }[];
    /** Resolved addresses; only where the platform has an allowlist per client. */
    allowlist?: readonly string[];
  };
  /** Time between two rotations. */
  intervalSeconds: number;
  /** How long a user of the credential may go on using what it read from the secret store. Default 900. */
  secretCacheSeconds: number;
}

/** What holds for all rotations of a stack. */
export interface RotationSettings {
  capabilities: Capabilities;
  /** Largest difference between any two clocks. Default 300. */
  skewSeconds: number;
  /** Between two looks at the use of an old generation. Default 900. */
  usageWindowSeconds: number;
  /**
   * How late the platform may count a call; how late it does is not published. Growth that shows within this time is
   * no sign of use after the old generation's time. Default 7,200.
   */
  usageDelaySeconds: number;
  /** How long an old generation that is still used is waited for, after its time. Default 86,400. */
  usageDeadlineSeconds: number;
  /** Clients that are kept free below the organisation's limit. Default 10. */
  quotaReserve: number;
  /** The youngest age at which an unknown client of ours is deleted. Default 172,800 (48 hours). */
  orphanAgeSeconds: number;
  /** Unknown clients deleted in one sweep at most. Default 5. */
  orphansPerSweep: number;
}

/** What the program deploys with its functions, as `declarations.json`. */
export interface RotationDeclarations {
  /** `guard:ORG/PROJECT/STACK/`, the beginning of every marker of the stack. */
  stackPrefix: string;
  /** AWS-style name of the Genesys Cloud region, such as `us-east-1`. */
  region: string;
  /** The id of the credential that the functions log in with; one of `credentials`. */
  masterId: string;
  settings: RotationSettings;
  credentials: readonly RotatedCredential[];
}

export const defaultRotationSettings: Readonly<Omit<RotationSettings, "capabilities">> = {
  skewSeconds: 300,
  usageWindowSeconds: 900,
  usageDelaySeconds: 7_200,
  usageDeadlineSeconds: 86_400,
  quotaReserve: 10,
  orphanAgeSeconds: 172_800,
  orphansPerSweep: 5,
};
