import { ocsfEvents } from "../../../../core/leak/report/ocsf.ts";
import { violations } from "../../../../sandbox/siem/ocsf/violations.ts";
import { clientId, declarations, fingerprint, judged, outcomes, receivedAt, told } from "./cases.ts";

/** What an analyst sorts by: class, activity, status, severity, verdict. */
const summary = (events: ReturnType<typeof ocsfEvents>) =>
  events.map((event) =>
    [event.class_uid, event.activity_name, event.status, event.severity, event.verdict]
      .filter((part) => part !== undefined)
      .join(" "),
  );

test.each([
  ["replaced", ["2004 Create Resolved High True Positive", "3001 Password Reset Success High"]],
  ["replacedInPlace", ["2004 Create Resolved High True Positive", "3001 Password Reset Success High"]],
  ["contained", ["2004 Create Resolved High True Positive", "3001 Disable Success High"]],
  ["containedInUse", ["2004 Create In Progress Critical True Positive", "3001 Password Reset Success High"]],
  ["held", ["2004 Create In Progress Critical True Positive"]],
  ["dismissed", ["2004 Close Suppressed Medium Disregard"]],
  ["dead", ["2004 Create Resolved Low True Positive"]],
  ["foreign", ["2004 Create Resolved Informational False Positive"]],
  ["decoy", ["2004 Create New Medium True Positive"]],
] as const)("%s becomes events of the schema", (kind, expected) => {
  const events = ocsfEvents(told[kind], declarations);
  expect(summary(events)).toEqual(expected);
  expect(events.flatMap(violations)).toEqual([]);
});

test("every outcome has its line in that table", () => {
  expect(outcomes).toHaveLength(9);
});

test("nothing is told before there is anything to tell", () => {
  expect(ocsfEvents(judged, declarations)).toEqual([]);
});

test("a finding says what, where, whose and how long", () => {
  const [finding, change] = ocsfEvents(told.replaced, declarations);
  expect(finding).toMatchObject({
    time: receivedAt + 2_340,
    duration: 2_340,
    metadata: { uid: "leak:acme/reports#12:replaced", correlation_uid: "leak:acme/reports#12" },
    src_url: "https://github.com/acme/reports/security/secret-scanning/12",
    finding_info: {
      uid: "leak:acme/reports#12",
      uid_alt: `leak#${clientId}#${fingerprint}`,
      analytic: { name: "Genesys Cloud client secret", uid: "named-secret" },
      attacks: [{ sub_technique: { uid: "T1552.001" } }],
    },
    resources: [
      { uid: clientId, name: "reports" },
      { name: "acme/reports" },
      { name: "genesys/reports", type: "Secret" },
    ],
    evidences: [
      {
        file: { name: "settings.py", path: "src/settings.py" },
        data: { commit: "0123456789ab" },
        user: { name: "octo-dev" },
      },
    ],
    unmapped: { live_tokens_until: receivedAt + 3_602_340 },
  });
  expect(change).toMatchObject({
    time: receivedAt + 2_340,
    metadata: {
      uid: `containment:${clientId}:${receivedAt + 2_340}`,
      correlation_uid: "leak:acme/reports#12",
    },
    user: { uid: clientId, name: "reports", type: "Service" },
    actor: { app_name: "genesys-credential-guard" },
  });
});

test("the same told again has the same uid, and news has another", () => {
  const uids = (found: Parameters<typeof ocsfEvents>[0]) =>
    ocsfEvents(found, declarations).map(({ metadata }) => metadata.uid);
  expect(uids(told.held)).toEqual(uids({ ...told.held, looks: 3 }));
  expect(uids(told.held)).not.toEqual(uids({ ...told.held, action: { kind: "hold", because: "hourlyCap" } }));
  expect(uids(told.replaced)[1]).toEqual(
    uids({ ...told.replaced, alert: { ...judged.alert, number: 13 } })[1],
  );
});

test("what a person released is an update while it is held, and closed after that", () => {
  const release = { decision: "contain", by: "eve", at: receivedAt + 60_000 } as const;
  const [held] = ocsfEvents({ ...told.held, release }, declarations);
  expect(held).toMatchObject({ activity_name: "Update" });
  const events = ocsfEvents({ ...told.contained, release }, declarations);
  expect(events).toMatchObject([{ activity_name: "Close" }, { actor: { user: { name: "eve" } } }]);
  expect([held, ...events].flatMap(violations)).toEqual([]);
});

test("a verdict that could not be had is insufficient data", () => {
  const found = {
    ...told.held,
    verdict: { kind: "unknown", because: "deniedByAddress", retry: false },
    action: { kind: "hold", because: "unknownVerdict" },
    storeIsStale: true,
  } as const;
  const [finding] = ocsfEvents(found, declarations);
  expect(finding).toMatchObject({
    verdict: "Insufficient Data",
    finding_info: { desc: expect.stringContaining("Held: unknownVerdict.") },
  });
  expect(violations(finding)).toEqual([]);
});

test("what is not known is left out", () => {
  const { path: _path, commit: _commit, clientId: _client, fingerprint: _print, ...rest } = told.held;
  const { patternId: _pattern, ...alert } = rest.alert;
  const [finding] = ocsfEvents({ ...rest, alert }, declarations);
  expect(finding).toMatchObject({ evidences: [], finding_info: { analytic: { name: "custom pattern" } } });
  expect(violations(finding)).toEqual([]);
  const [bare] = ocsfEvents({ ...told.held, path: "dir/" }, declarations);
  expect(bare).toMatchObject({ evidences: [{ file: { name: "dir/" } }] });
  const unnamed = { ...told.contained, ownership: { kind: "unmanaged" } } as const;
  expect(ocsfEvents(unnamed, declarations).flatMap(violations)).toEqual([]);
});

test("a containment of which nobody noted how, or of no client, is no account change", () => {
  const { containment: _how, ...found } = told.contained;
  expect(ocsfEvents(found, declarations)).toHaveLength(1);
  const { clientId: _client, ...nobody } = told.contained;
  expect(ocsfEvents(nobody, declarations)).toHaveLength(1);
  const { liveTokensUntil: _tokens, ...ended } = told.contained;
  expect(ocsfEvents(ended, declarations).flatMap(violations)).toEqual([]);
});

test("a dismissal is told when it was made", () => {
  expect(ocsfEvents(told.dismissed, declarations)).toMatchObject([{ time: receivedAt + 60_000 }]);
});
