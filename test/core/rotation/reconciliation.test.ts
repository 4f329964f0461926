import { createSettlesSeconds } from "../../../core/rotation/creation.ts";
import type { CredentialRecord, Generation } from "../../../core/rotation/credential-record.ts";
import { emptyRecord } from "../../../core/rotation/credential-record.ts";
import {
  type CredentialFacts,
  isInService,
  type MarkedClient,
  reconcileCredential,
  type StagedClient,
  versionOf,
} from "../../../core/rotation/reconciliation.ts";
import { firstVersionId, generationToken } from "../../../core/rotation/secret-value.ts";
import { credential, now, settings } from "./credentials.ts";

const client = (clientId: string, versionId = `version of ${clientId}`) => ({
  clientId,
  token: generationToken(versionId),
  madeAt: 1,
});
const marked = (clientId: string, more: Partial<MarkedClient> = {}): MarkedClient => ({
  ...client(clientId),
  isLeaving: false,
  ...more,
});
const staged = (clientId: string, ...stages: string[]): StagedClient => ({
  versionId: `version of ${clientId}`,
  stages,
  createdAt: 1,
  clientId,
});
const record = (...generations: Generation[]): CredentialRecord => ({ ...emptyRecord, generations });
const live: Generation = { ...client("a"), phase: "live" };

const facts = (more: Partial<CredentialFacts> = {}): CredentialFacts => ({
  credential,
  settings,
  known: { record: record(live), state: "known" },
  versions: [staged("a", "AWSCURRENT")],
  clients: [marked("a")],
  now,
  ...more,
});

describe("the version of a client", () => {
  const versions = [staged("a", "AWSCURRENT"), { ...staged("b", "AWSPENDING"), clientId: undefined }];

  test("is the one that names it", () => {
    expect(versionOf(versions, credential.owner, { clientId: "a", token: "other" })).toBe(versions[0]);
  });

  test("is the one that was made for it, if that names nobody", () => {
    expect(versionOf(versions, credential.owner, { ...client("b"), clientId: "z" })).toBe(versions[1]);
    const first = {
      ...staged("f", "AWSCURRENT"),
      versionId: firstVersionId(credential.owner, "0f"),
      clientId: undefined,
    };
    expect(versionOf([first], credential.owner, { clientId: "f", token: "0f" })).toBe(first);
    expect(versionOf([first], "guard:other", { clientId: "f", token: "0f" })).toBeUndefined();
  });

  test("is not one that names another, even if it was made for it", () => {
    expect(versionOf(versions, credential.owner, { ...client("a"), clientId: "twin" })).toBeUndefined();
  });
});

test("in service is what is current or pending", () => {
  expect(isInService(staged("a", "AWSCURRENT"))).toBe(true);
  expect(isInService(staged("a", "AWSPENDING"))).toBe(true);
  expect(isInService(staged("a", "AWSPREVIOUS"))).toBe(false);
  expect(isInService(undefined)).toBe(false);
});

test("what is in order stays as it is", () => {
  expect(reconcileCredential(facts())).toEqual({
    record: record(live),
    isChanged: false,
    due: [],
    toSchedule: [],
    unknown: [],
  });
});

describe("a generation whose labels say something else than the ledger", () => {
  const versions = [staged("a", "AWSPREVIOUS"), staged("b", "AWSCURRENT"), staged("c", "AWSPENDING")];
  const draining = (clientId: string, supersededAt: number): Generation => ({
    ...client(clientId),
    phase: "draining",
    supersededAt,
  });

  test.each<[string, Generation, Generation]>([
    ["live but superseded: drained from now on", live, draining("a", now)],
    ["pending but given up: drained from now on", { ...client("z"), phase: "pending" }, draining("z", now)],
    ["pending but current: live", { ...client("b"), phase: "pending" }, { ...client("b"), phase: "live" }],
    ["drained but current again: live", draining("b", 1), { ...client("b"), phase: "live" }],
    ["drained but pending: pending", draining("c", 1), { ...client("c"), phase: "pending" }],
  ])("%s", (_, before, after) => {
    const plan = reconcileCredential(
      facts({ known: { record: record(before), state: "known" }, versions, clients: [] }),
    );
    expect(plan).toMatchObject({ record: record(after), isChanged: true });
    expect(plan.toSchedule).toEqual(after.phase === "draining" ? [after] : []);
  });

  test("is brought in line alone: the others stay as they are", () => {
    const known = {
      record: record(draining("a", 1), { ...client("b"), phase: "pending" }),
      state: "known",
    } as const;
    const current: Generation = { ...client("b"), phase: "live" };
    expect(reconcileCredential(facts({ known, versions, clients: [] }))).toMatchObject({
      record: record(draining("a", 1), current),
      isChanged: true,
      toSchedule: [],
    });
  });

  test("drained and superseded: left alone until something is due", () => {
    const activeSeconds = 4800;
    const young = draining("a", now - activeSeconds * 1000 + 1);
    const due = draining("z", now - activeSeconds * 1000);
    const known = { record: record(young, due), state: "known" } as const;
    expect(reconcileCredential(facts({ known, versions, clients: [] }))).toEqual({
      record: record(young, due),
      isChanged: false,
      due: [due],
      toSchedule: [],
      unknown: [],
    });
  });
});

describe("a client that the ledger does not know", () => {
  const missing = { record: emptyRecord, state: "missing" } as const;

  test("is a generation again where a version names it", () => {
    const versions = [
      staged("a", "AWSPREVIOUS"),
      staged("b", "AWSCURRENT"),
      staged("c", "AWSPENDING"),
      staged("d", "MINE"),
    ];
    const clients = ["a", "b", "c", "d"].map((id) => marked(id, { tokenLifetimeSeconds: 300 }));
    const plan = reconcileCredential(facts({ known: missing, versions, clients }));
    const known = (id: string) => ({ ...client(id), tokenLifetimeSeconds: 300 });
    expect(plan.record).toEqual(
      record(
        { ...known("a"), phase: "draining", supersededAt: now },
        { ...known("b"), phase: "live" },
        { ...known("c"), phase: "pending" },
        { ...known("d"), phase: "draining", supersededAt: now },
      ),
    );
    expect(plan.toSchedule.map(({ clientId }) => clientId)).toEqual(["a", "d"]);
    expect(plan).toMatchObject({ isChanged: true, due: [], unknown: [] });
  });

  test("is a generation again beside those that the ledger has kept", () => {
    const versions = [staged("a", "AWSCURRENT"), staged("b", "AWSPREVIOUS")];
    const found: Generation = { ...client("b"), phase: "draining", supersededAt: now };
    expect(reconcileCredential(facts({ versions, clients: [marked("a"), marked("b")] }))).toEqual({
      record: record(live, found),
      isChanged: true,
      due: [],
      toSchedule: [found],
      unknown: [],
    });
  });

  test("is unknown where no version does", () => {
    const plan = reconcileCredential(facts({ clients: [marked("a"), marked("z")] }));
    expect(plan).toMatchObject({ isChanged: false, unknown: [marked("z")] });
  });

  test("is the platform's affair once it is leaving, and its own again while it is current", () => {
    const versions = [staged("a", "AWSPREVIOUS"), staged("b", "AWSCURRENT")];
    const clients = [marked("a", { isLeaving: true }), marked("b", { isLeaving: true })];
    const plan = reconcileCredential(facts({ known: missing, versions, clients }));
    expect(plan.record).toEqual(record({ ...client("b"), phase: "live" }));
    expect(plan.unknown).toEqual([clients[0]]);
  });

  test("a ledger that knew nothing is written even where there is nothing to write", () => {
    expect(reconcileCredential(facts({ known: missing, clients: [] }))).toMatchObject({
      record: emptyRecord,
      isChanged: true,
    });
    const damaged = { record: record(live), state: "damaged" } as const;
    expect(reconcileCredential(facts({ known: damaged }))).toMatchObject({ isChanged: true });
  });
});

describe("an intent", () => {
  const intent = { token: client("z").token, at: now - createSettlesSeconds * 1000 };
  const intended = (at = intent.at): CredentialFacts["known"] => ({
    record: { ...record(live), intents: [{ ...intent, at }] },
    state: "known",
  });
  const clients = [marked("a"), marked("z")];

  test("stays while its rotation is pending, and its client is left alone", () => {
    const pending = { ...staged("z", "AWSPENDING"), clientId: undefined };
    const known = intended();
    const plan = reconcileCredential(
      facts({ known, clients, versions: [staged("a", "AWSCURRENT"), pending] }),
    );
    expect(plan).toEqual({ record: known.record, isChanged: false, due: [], toSchedule: [], unknown: [] });
  });

  test("stays while its create may still come true", () => {
    const known = intended(intent.at + 1);
    expect(reconcileCredential(facts({ known, clients }))).toMatchObject({
      record: known.record,
      unknown: [],
    });
  });

  test("ends with its rotation, and its client is drained", () => {
    const plan = reconcileCredential(facts({ known: intended(), clients }));
    const draining: Generation = { ...client("z"), phase: "draining", supersededAt: now };
    expect(plan).toEqual({
      record: record(live, draining),
      isChanged: true,
      due: [],
      toSchedule: [draining],
      unknown: [],
    });
  });

  test("says nothing of other clients, as long as it stays and when it ends", () => {
    for (const at of [intent.at + 1, intent.at]) {
      const stranger = marked("y");
      const plan = reconcileCredential(facts({ known: intended(at), clients: [marked("a"), stranger] }));
      expect(plan).toMatchObject({ record: { generations: [live] }, toSchedule: [], unknown: [stranger] });
    }
  });

  test("ends without a client where none was made", () => {
    const plan = reconcileCredential(facts({ known: intended() }));
    expect(plan).toMatchObject({ record: record(live), isChanged: true, unknown: [] });
  });

  test("of another version that is pending does not keep it", () => {
    const pending = { ...staged("y", "AWSPENDING"), clientId: undefined };
    const versions = [staged("a", "AWSCURRENT"), pending];
    expect(reconcileCredential(facts({ known: intended(), versions })).record.intents).toEqual([]);
  });
});
