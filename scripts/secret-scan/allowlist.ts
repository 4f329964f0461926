import type { Finding } from "./finding.ts";

/** Where suppressions are kept; a ruleset has security review every change of it. */
export const allowlistPath = ".github/secret-scan-allowlist.json";

/** A finding that somebody answers for, for a time. */
export interface AllowlistEntry {
  /** Exactly as the scan prints it. */
  path: string;
  /** Exactly as the scan prints it: another secret in the same file is found all the same. */
  fingerprint: string;
  /** Who answers for it: a GitHub login or team, with its `@`. */
  owner: string;
  /** Why it is no secret, in at least ten characters. */
  reason: string;
  /** `YYYY-MM-DD`, the last day on which it counts; half a year ahead at most. */
  expires: string;
}

export interface Allowlist {
  entries: readonly AllowlistEntry[];
  /** What is wrong with the file, each with the place and what to write. Any of them fails the scan. */
  problems: readonly string[];
}

const longestDays = 183;
const dayMilliseconds = 86_400_000;
const keys = ["path", "fingerprint", "owner", "reason", "expires"] as const;

const rules: Readonly<Record<(typeof keys)[number], { is: RegExp; must: string }>> = {
  path: { is: /^[^\s/*][^*\n]*$/, must: "be the path of one file, without wildcards" },
  fingerprint: {
    is: /^[0-9a-f]{64}$/,
    must: "be the fingerprint that the scan prints (64 hexadecimal digits)",
  },
  owner: { is: /^@[\w-]+(\/[\w-]+)?$/, must: "be who answers for it, as @login or @organisation/team" },
  reason: { is: /^.{10,}$/, must: "say in ten characters or more why this is no secret" },
  expires: { is: /^\d{4}-\d\d-\d\d$/, must: "be a day, as YYYY-MM-DD" },
};

const expiryProblem = (expires: string, now: number): string | undefined => {
  const end = Date.parse(`${expires}T23:59:59Z`);
  if (Number.isNaN(end)) return "expires must be a day that exists";
  if (end < now) return `it expired on ${expires}: remove it, or have it reviewed again with a later day`;
  if (end > now + longestDays * dayMilliseconds) return `expires must be within ${longestDays} days`;
  return undefined;
};

const entryProblems = (entry: unknown, now: number): string[] => {
  if (typeof entry !== "object" || entry === null) return [`must be an object of ${keys.join(", ")}`];
  const fields = entry as Readonly<Record<string, unknown>>;
  const problems = Object.keys(fields)
    .filter((name) => !keys.some((key) => key === name))
    .map((name) => `has the unknown key "${name}"; known are ${keys.join(", ")}`);
  for (const key of keys) {
    const value = fields[key];
    if (typeof value !== "string" || !rules[key].is.test(value))
      problems.push(`${key} must ${rules[key].must}`);
  }
  if (problems.length > 0) return problems;
  const expiry = expiryProblem(String(fields.expires), now);
  return expiry === undefined ? [] : [expiry];
};

/** Reads the file's text; `now` in milliseconds since 1970. Never throws. */
export const parseAllowlist = (text: string, now: number): Allowlist => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { entries: [], problems: [`${allowlistPath} is no JSON: ${String(error)}`] };
  }
  if (!Array.isArray(value)) return { entries: [], problems: [`${allowlistPath} must be a list of entries`] };
  const problems = value.flatMap((entry, index) =>
    entryProblems(entry, now).map((problem) => `${allowlistPath}[${index}]: ${problem}`),
  );
  const entries = value.filter((entry) => entryProblems(entry, now).length === 0) as AllowlistEntry[];
  return { entries, problems };
};

export interface Suppressed {
  left: readonly Finding[];
  /** How many findings each entry covers, in the order of the entries. */
  uses: readonly number[];
}

/** Takes out what an entry covers. */
export const suppress = (findings: readonly Finding[], { entries }: Allowlist): Suppressed => {
  const covers = (entry: AllowlistEntry, { path, fingerprint }: Finding): boolean =>
    entry.path === path && entry.fingerprint === fingerprint;
  return {
    left: findings.filter((finding) => !entries.some((entry) => covers(entry, finding))),
    uses: entries.map((entry) => findings.filter((finding) => covers(entry, finding)).length),
  };
};
