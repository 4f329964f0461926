import type { AlertCase } from "../alert-case.ts";
import type { LeakDeclarations } from "../declarations.ts";
import { code } from "./mrkdwn.ts";
import { quoted } from "./quote.ts";

/** GitHub's own limits: 39 characters of an owner, 100 of a repository. */
const longestRepository = 140;

/** What the messages call things, each bounded and on one line; not escaped yet. */
export interface Subject {
  repository: string;
  /** `acme/reports#12` */
  alert: string;
  /** Short form of the commit. */
  commit: string | undefined;
  path: string | undefined;
  login: string | undefined;
  /** Logical id of the credential or client; undefined where the stack has none. */
  declaredId: string | undefined;
  clientId: string | undefined;
  /** The secret's name in the secret store; undefined where none is known. */
  secretName: string | undefined;
  /** Of the alert on GitHub. */
  url: string;
}

const declaredIdOf = ({ ownership }: AlertCase): string | undefined => {
  switch (ownership?.kind) {
    case "rotated":
      return ownership.credentialId;
    case "declared":
    case "decoy":
      return ownership.id;
    default:
      return undefined;
  }
};

export const subjectOf = (found: AlertCase, declarations: LeakDeclarations): Subject => {
  const shown = <T extends string | undefined>(text: T, most: number) =>
    text === undefined || text === "" ? undefined : quoted(text, most, found.fingerprint);
  const { alert, commit, ownership } = found;
  const repository = quoted(alert.repository, longestRepository, found.fingerprint);
  const id = declaredIdOf(found);
  const arn = ownership?.kind === "declared" ? ownership.secretArn : undefined;
  const name =
    id === undefined
      ? undefined
      : (Object.entries(declarations.secretNames).find(([key]) => key === id)?.[1] ?? arn);
  return {
    repository,
    alert: `${repository}#${alert.number}`,
    commit: shown(commit?.sha, 64)?.slice(0, 12),
    path: shown(found.path, 200),
    login: shown(commit?.login, 60),
    declaredId: shown(id, 80),
    clientId: shown(found.clientId, 40),
    secretName: shown(name, 300),
    url: quoted(alert.url, 500, found.fingerprint),
  };
};

/** The client as people know it: by the stack's name for it, and by its id. */
export const clientInWords = ({ declaredId, clientId }: Subject): string => {
  const id = clientId === undefined ? undefined : `client ${code(clientId)}`;
  if (declaredId === undefined) return id ?? "no client";
  return id === undefined ? code(declaredId) : `${code(declaredId)} (${id})`;
};
