import type { HoldReason } from "../../../../core/leak/action.ts";
import type { AlertCase } from "../../../../core/leak/alert-case.ts";
import { developerMessage } from "../../../../core/leak/report/developer.ts";
import { ocsfEvents } from "../../../../core/leak/report/ocsf.ts";
import { alertResolution, alertValidity } from "../../../../core/leak/report/resolution.ts";
import { securityMessage } from "../../../../core/leak/report/security.ts";
import { holdInWords } from "../../../../core/leak/report/words.ts";
import { declarations, judged, receivedAt, shown, told } from "./cases.ts";

/** All that people are told of a case, and what GitHub is. */
const said = (of: AlertCase): string =>
  [
    shown(securityMessage(of, declarations)),
    shown(developerMessage(of, declarations, "committer")),
    shown(developerMessage(of, declarations, "channel")),
    JSON.stringify(alertResolution(of)),
    alertValidity(of),
  ].join("\n--\n");

const day = 86_400_000;
const reasons = Object.keys(holdInWords) as HoldReason[];

/** What people read is reviewed as a whole: a change of it is a change of the snapshot. */
test.each(Object.entries(told))("of a case that is %s this is said", (_outcome, of) => {
  expect(said(of)).toMatchSnapshot();
});

test.each(Object.entries(told))("of a case that is %s the SIEM gets this", (_outcome, of) => {
  expect(ocsfEvents(of, declarations).map((event) => JSON.stringify(event))).toMatchSnapshot();
});

test.each(reasons)("of a case held as %s this is said", (because) => {
  expect(said({ ...judged, action: { kind: "hold", because } })).toMatchSnapshot();
});

test("a reminder of a held case says since when it waits", () => {
  expect(
    shown(securityMessage(told.held, declarations, { remindedAt: receivedAt + 2 * day })),
  ).toMatchSnapshot();
});

test("an alert that GitHub does not let us close is asked to be closed by hand", () => {
  expect(shown(securityMessage(told.replaced, declarations, { closeByHand: true }))).toMatchSnapshot();
});

test.each<[string, Partial<AlertCase>]>([
  ["by what the store holds", { verdict: { kind: "live", because: "equalsVault" } }],
  ["of a client of nobody's stack", { ownership: { kind: "unmanaged" } }],
  ["without a place", { path: undefined, commit: undefined } as unknown as Partial<AlertCase>],
  ["without a login", { commit: { sha: "f".repeat(40), committedAt: receivedAt } }],
  [
    "of a client that was about to be current",
    { ownership: { kind: "rotated", credentialId: "reports", generation: "pending" } },
  ],
])("of a stopped leak %s this is said", (_what, change) => {
  const { path, commit, ...rest } = { ...told.contained, ...change };
  expect(
    said({ ...rest, ...(path !== undefined && { path }), ...(commit !== undefined && { commit }) }),
  ).toMatchSnapshot();
});
