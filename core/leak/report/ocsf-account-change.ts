import type { AlertCase } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { eventHead, findingUid, metadata, type OcsfEvent, productName, severities } from "./ocsf-event.ts";
import { quoted } from "./quote.ts";
import { subjectOf } from "./subject.ts";

const accountChangeClass = {
  classUid: 3001,
  className: "Account Change",
  categoryUid: 3,
  categoryName: "Identity & Access Management",
};

/** A client with its secret is an account of a service: a new secret is to it what a new password is to a person. */
const activities = {
  disabled: { id: 5, name: "Disable" },
  secretReset: { id: 4, name: "Password Reset" },
  replacedInPlace: { id: 4, name: "Password Reset" },
} as const;

/** The containment itself; undefined where there was none. Told of every alert about the same leak under one uid. */
export const accountChange = (found: AlertCase, declarations: LeakDeclarations): OcsfEvent | undefined => {
  const { containedAt, containment, release, fingerprint, liveTokensUntil } = found;
  const subject = subjectOf(found, declarations);
  if (containedAt === undefined || containment === undefined || subject.clientId === undefined)
    return undefined;
  const finding = findingUid(found, subject.repository);
  const activity = activities[containment];
  return {
    ...eventHead(accountChangeClass, activity),
    time: containedAt,
    ...severities.high,
    status_id: 1,
    status: "Success",
    message: `${activity.name} of OAuth client ${subject.clientId} after a leak of its secret`,
    metadata: metadata(found, `containment:${subject.clientId}:${containedAt}`, finding, []),
    user: {
      uid: subject.clientId,
      type_id: 4,
      type: "Service",
      ...(subject.declaredId === undefined ? {} : { name: subject.declaredId }),
    },
    actor: {
      app_name: productName,
      ...(release === undefined
        ? {}
        : { user: { name: quoted(release.by, 80, fingerprint), type_id: 1, type: "User" } }),
    },
    ...(liveTokensUntil === undefined ? {} : { unmapped: { live_tokens_until: liveTokensUntil } }),
  };
};
