import type { Secret } from "../http/secret.ts";

/** One place of a leaked secret. */
export interface AlertLocation {
  /** `commit`, `wiki_commit`, `issue_title`, ...: 13 kinds. */
  type: string;
  /** Of commits alone: columns are bytes. */
  commit?: {
    path: string;
    startLine: number;
    endLine: number;
    startColumn: number;
    endColumn: number;
    blobSha: string;
    commitSha: string;
  };
}

export interface LeakAlert {
  number: number;
  url: string;
  state: "open" | "resolved";
  secretType: string;
  secretTypeDisplayName: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  firstLocation?: AlertLocation;
  hasMoreLocations: boolean;
}

export interface LeakCommit {
  sha: string;
  /** Milliseconds since 1970. */
  committedAt: number;
  /** GitHub login of the author. */
  login?: string;
  email?: string;
  /** The files that the commit changed. */
  files: readonly { path: string; blobSha: string }[];
}

/**
 * What the functions use of GitHub, with the rights of one installation token. Every call throws one of the errors of
 * `errors.ts`; `repository` is `owner/name`.
 */
export interface GithubLeakApi {
  /** The one call that carries the secret. @throws NotFoundError also where scanning is off */
  alert(repository: string, number: number): Promise<LeakAlert & { secret: Secret }>;
  locations(repository: string, number: number): Promise<AlertLocation[]>;
  /** The bytes that were scanned. @throws TooLargeError above `maximumBytes` */
  blob(repository: string, sha: string, maximumBytes: number): Promise<Uint8Array>;
  commit(repository: string, sha: string): Promise<LeakCommit>;
  /** @throws ForbiddenError where dismissal is delegated */
  resolve(
    repository: string,
    number: number,
    resolution: {
      resolution: "revoked" | "false_positive" | "wont_fix" | "used_in_tests";
      comment: string;
    },
  ): Promise<void>;
  /** Our own verdict. @throws InvalidRequestError (422) where GitHub takes none for this kind of alert */
  setValidity(repository: string, number: number, validity: "active" | "inactive"): Promise<void>;
  /** Open alerts of the organisation, without their secrets. */
  openAlerts(organization: string): Promise<(LeakAlert & { repository: string })[]>;
  /** Deliveries of the organisation's webhook since then that no receiver took. Needs organization_hooks. */
  failedDeliveries(organization: string, hookId: number, since: number): Promise<FailedDelivery[]>;
  /** Has GitHub deliver it again, under the same delivery id. */
  redeliver(organization: string, hookId: number, id: number): Promise<void>;
}

export interface FailedDelivery {
  id: number;
  /** `X-GitHub-Delivery`: the same for every attempt. */
  guid: string;
  event: string;
  deliveredAt: number;
}

/** A GitHub App, which mints a token for an hour for one run. */
export interface GithubApp {
  /** @throws one of the errors of `errors.ts` */
  installation(): Promise<GithubLeakApi>;
}
