import { type AlertCase, leakKey } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { eventHead, findingUid, metadata, type OcsfEvent, severities } from "./ocsf-event.ts";
import type { Outcome } from "./outcome.ts";
import { quoted } from "./quote.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { ownershipInWords, verdictInWords } from "./words.ts";

type Told = Exclude<Outcome["kind"], "undecided">;

const detectionFindingClass = {
  classUid: 2004,
  className: "Detection Finding",
  categoryUid: 2,
  categoryName: "Findings",
};

const activities = {
  create: { id: 1, name: "Create" },
  update: { id: 2, name: "Update" },
  close: { id: 3, name: "Close" },
};

const statuses = {
  new: { status_id: 1, status: "New" },
  inProgress: { status_id: 2, status: "In Progress" },
  suppressed: { status_id: 3, status: "Suppressed" },
  resolved: { status_id: 4, status: "Resolved" },
} as const;

/** Of the profile `incident`. */
const verdicts = {
  falsePositive: { verdict_id: 1, verdict: "False Positive" },
  truePositive: { verdict_id: 2, verdict: "True Positive" },
  disregard: { verdict_id: 3, verdict: "Disregard" },
  insufficientData: { verdict_id: 7, verdict: "Insufficient Data" },
} as const;

const tellings: Readonly<Record<Told, { title: string; severity: object; status: object; verdict: object }>> =
  {
    decoy: {
      title: "A decoy OAuth client's secret was committed",
      severity: severities.medium,
      status: statuses.new,
      verdict: verdicts.truePositive,
    },
    replaced: {
      title: "A live OAuth client secret was committed; it was replaced and contained",
      severity: severities.high,
      status: statuses.resolved,
      verdict: verdicts.truePositive,
    },
    replacedInPlace: {
      title: "A live OAuth client secret was committed; it was reset in place",
      severity: severities.high,
      status: statuses.resolved,
      verdict: verdicts.truePositive,
    },
    contained: {
      title: "A live OAuth client secret was committed; it was contained",
      severity: severities.high,
      status: statuses.resolved,
      verdict: verdicts.truePositive,
    },
    containedInUse: {
      title: "A live OAuth client secret was committed; it was contained without a replacement",
      severity: severities.critical,
      status: statuses.inProgress,
      verdict: verdicts.truePositive,
    },
    held: {
      title: "An OAuth client secret was committed; it waits for a decision",
      severity: severities.critical,
      status: statuses.inProgress,
      verdict: verdicts.truePositive,
    },
    dismissed: {
      title: "An OAuth client secret was committed; a person dismissed it",
      severity: severities.medium,
      status: statuses.suppressed,
      verdict: verdicts.disregard,
    },
    dead: {
      title: "A dead OAuth client secret was committed",
      severity: severities.low,
      status: statuses.resolved,
      verdict: verdicts.truePositive,
    },
    foreign: {
      title: "A committed string is no secret of ours",
      severity: severities.informational,
      status: statuses.resolved,
      verdict: verdicts.falsePositive,
    },
  };

/** https://attack.mitre.org/techniques/T1552/001/ */
const attacks = [
  {
    tactic: { uid: "TA0006", name: "Credential Access" },
    technique: { uid: "T1552", name: "Unsecured Credentials" },
    sub_technique: { uid: "T1552.001", name: "Credentials In Files" },
  },
];

const present = <T>(value: T | undefined, field: string): Record<string, T> =>
  value === undefined ? {} : { [field]: value };

const evidences = ({ path, commit, login }: Subject): object[] => {
  const file =
    path === undefined
      ? {}
      : { file: { name: path.slice(path.lastIndexOf("/") + 1) || path, path, type_id: 1 } };
  const data = commit === undefined ? {} : { data: { commit } };
  const user = login === undefined ? {} : { user: { name: login, type_id: 1, type: "User" } };
  const evidence = { ...file, ...data, ...user };
  return Object.keys(evidence).length === 0 ? [] : [evidence];
};

const resources = ({ clientId, declaredId, repository, secretName }: Subject): object[] => [
  ...(clientId === undefined
    ? []
    : [
        {
          uid: clientId,
          type: "OAuth client",
          role_id: 3,
          role: "Affected",
          ...present(declaredId, "name"),
        },
      ]),
  { name: repository, type: "Git repository", role_id: 4, role: "Related" },
  ...(secretName === undefined ? [] : [{ name: secretName, type: "Secret", role_id: 4, role: "Related" }]),
];

const description = (found: AlertCase, outcome: Outcome): string =>
  [
    `Verdict ${verdictInWords(found.verdict)}.`,
    `It is ${ownershipInWords(found.ownership)}.`,
    outcome.kind === "held" ? `Held: ${outcome.because}.` : undefined,
    found.storeIsStale === true
      ? "The secret store gives out a secret that the platform refuses."
      : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");

/** When that became so which the event tells. */
const toldAt = ({ containedAt, release, receivedAt }: AlertCase, kind: Told): number =>
  containedAt ?? (kind === "dismissed" ? release?.at : undefined) ?? receivedAt;

export const detectionFinding = (
  found: AlertCase,
  declarations: LeakDeclarations,
  outcome: Exclude<Outcome, { kind: "undecided" }>,
): OcsfEvent => {
  const subject = subjectOf(found, declarations);
  const uid = findingUid(found, subject.repository);
  const { fingerprint, containedAt, receivedAt, alertedAt, commit, liveTokensUntil } = found;
  const { title, severity, status, verdict } = tellings[outcome.kind];
  const isUnknown = found.verdict?.kind === "unknown" && outcome.kind === "held";
  const pattern = declarations.patterns.find(({ id }) => id === found.alert.patternId);
  const state = outcome.kind === "held" ? `held:${outcome.because}` : outcome.kind;
  // Whatever a person had to settle was told before.
  const again = outcome.kind === "held" ? activities.update : activities.close;
  const activity = found.release === undefined ? activities.create : again;
  return {
    ...eventHead(detectionFindingClass, activity),
    time: toldAt(found, outcome.kind),
    ...severity,
    ...status,
    ...(isUnknown ? verdicts.insufficientData : verdict),
    is_alert: true,
    message: `${title}: ${subject.alert}`,
    metadata: metadata(found, `${uid}:${state}`, uid, ["incident"]),
    finding_info: {
      uid,
      title,
      desc: description(found, outcome),
      types: ["Leaked credential"],
      data_sources: ["GitHub secret scanning"],
      created_time: alertedAt,
      analytic: {
        type_id: 8,
        type: "Regular Expressions",
        name: quoted(pattern?.name ?? "custom pattern", 120),
        ...present(pattern?.id, "uid"),
      },
      attacks,
      ...present(commit?.committedAt, "first_seen_time"),
      // Tells the same secret of the same client, whichever alert it is found by: a hash, not the secret.
      ...(subject.clientId === undefined || fingerprint === undefined
        ? {}
        : { uid_alt: leakKey(subject.clientId, fingerprint) }),
    },
    src_url: subject.url,
    resources: resources(subject),
    evidences: evidences(subject),
    start_time: receivedAt,
    ...(containedAt === undefined
      ? {}
      : { end_time: containedAt, duration: Math.max(0, containedAt - receivedAt) }),
    ...(liveTokensUntil === undefined ? {} : { unmapped: { live_tokens_until: liveTokensUntil } }),
  };
};
