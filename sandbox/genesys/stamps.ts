import type { Actor } from "./collection.ts";
import type { IntegrationRecord, Stamps, UserRecord } from "./records.ts";

/** What the platform writes on a record whenever it is stored: dates, authors, versions. */
export const stamping = (isoNow: () => string) => {
  const stampRecord = <T extends Stamps>(next: T, by: Actor, previous: T | undefined): T => {
    const now = isoNow();
    const author = by.clientId ?? by.userId ?? "";
    return {
      ...next,
      dateCreated: previous?.dateCreated ?? now,
      createdBy: previous?.createdBy ?? author,
      dateModified: now,
      modifiedBy: author,
    };
  };
  const stampUser = (next: UserRecord, by: Actor, previous: UserRecord | undefined): UserRecord => ({
    ...stampRecord(next, by, previous),
    version: (previous?.version ?? 0) + 1,
  });
  /** Only the configuration of an integration has a version. */
  const stampIntegration = (
    next: IntegrationRecord,
    by: Actor,
    previous: IntegrationRecord | undefined,
  ): IntegrationRecord => {
    const version = previous?.config.version ?? 0;
    const isSame =
      previous !== undefined &&
      JSON.stringify(previous.config) === JSON.stringify({ ...next.config, version });
    return {
      ...stampRecord(next, by, previous),
      config: { ...next.config, version: isSame ? version : version + 1 },
    };
  };
  return { stampRecord, stampUser, stampIntegration };
};
