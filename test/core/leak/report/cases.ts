import type { AlertCase } from "../../../../core/leak/alert-case.ts";
import type { LeakDeclarations } from "../../../../core/leak/declarations.ts";
import { defaultLeakSettings } from "../../../../core/leak/declarations.ts";

export const receivedAt = Date.parse("2026-11-21T02:00:10Z");
export const clientId = "6f1c7a50-6f0e-4d6a-9b6f-0d4f8f6d7a11";
export const fingerprint = "a".repeat(64);

export const declarations: LeakDeclarations = {
  organization: "acme",
  patterns: [{ id: "named-secret", name: "Genesys Cloud client secret" }],
  clients: [
    { id: "dialler", clientId, secretArn: "arn:aws:secretsmanager:eu-central-1:1:secret:dialler-Ab" },
  ],
  decoys: [{ id: "legacy-export", clientId }],
  protectedIds: [],
  secretNames: { reports: "genesys/reports", dialler: "genesys/dialler" },
  settings: defaultLeakSettings,
  slack: { securityChannel: "C0SECURITY", developerChannel: "developers", logins: {} },
  runbookUrl: "https://wiki.acme.example/leaks",
};

/** A live secret of the current generation, as it was judged. */
export const judged: AlertCase = {
  alert: {
    repository: "acme/reports",
    number: 12,
    url: "https://github.com/acme/reports/security/secret-scanning/12",
    patternId: "named-secret",
  },
  alertedAt: receivedAt - 8_000,
  receivedAt,
  fingerprint,
  clientId,
  ownership: { kind: "rotated", credentialId: "reports", generation: "current" },
  verdict: { kind: "live", because: "loginGranted" },
  action: { kind: "replaceAndContain", credentialId: "reports" },
  path: "src/settings.py",
  commit: {
    sha: "0123456789abcdef0123456789abcdef01234567",
    committedAt: receivedAt - 30_000,
    login: "octo-dev",
    email: "dev@acme.example",
  },
  looks: 0,
  followUps: {},
};

const stopped = {
  containedAt: receivedAt + 2_340,
  containment: "secretReset",
  liveTokensUntil: receivedAt + 3_602_340,
} as const;

const dead = { kind: "dead", because: "loginRefused" } as const;
const { clientId: _client, ownership: _owner, commit: _commit, path: _path, ...bare } = judged;

/** One case of every outcome. */
export const told = {
  replaced: { ...judged, replacedAt: receivedAt + 2_000, ...stopped },
  replacedInPlace: {
    ...judged,
    ownership: {
      kind: "declared",
      id: "dialler",
      secretArn: "arn:aws:secretsmanager:eu-central-1:1:secret:dialler-Ab",
    },
    action: { kind: "contain" },
    ...stopped,
    containment: "replacedInPlace",
  },
  contained: {
    ...judged,
    ownership: { kind: "rotated", credentialId: "reports", generation: "superseded" },
    action: { kind: "contain" },
    ...stopped,
    containment: "disabled",
  },
  containedInUse: { ...judged, ...stopped },
  held: { ...judged, action: { kind: "hold", because: "protectedClient" } },
  dismissed: {
    ...judged,
    action: { kind: "reportOnly" },
    release: { decision: "dismiss", by: "eve@acme.example", at: receivedAt + 60_000 },
  },
  dead: { ...judged, verdict: dead, action: { kind: "reportOnly" } },
  foreign: { ...bare, verdict: { kind: "dead", because: "noCandidate" }, action: { kind: "reportOnly" } },
  decoy: { ...judged, ownership: { kind: "decoy", id: "legacy-export" }, action: { kind: "alertOnly" } },
} satisfies Record<string, AlertCase>;

export type Told = keyof typeof told;

export const outcomes = Object.keys(told) as Told[];

/** Everything that a message shows, as one text. */
export const shown = (message: { text: string; blocks: readonly unknown[] } | undefined): string =>
  message === undefined
    ? ""
    : [message.text, ...message.blocks.map((block) => (block as { text: { text: string } }).text.text)].join(
        "\n",
      );
