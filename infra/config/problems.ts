import type { BaseIssue } from "valibot";
import { exampleFor } from "./examples.ts";

/** One mistake in the stack's configuration. */
export interface Problem {
  /** Such as `clients[3].roles[0]`. */
  path: string;
  /** What is wrong and what is right. */
  reason: string;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

const extend = (path: string, key: PropertyKey): string => {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? String(key) : `${path}.${String(key)}`;
};

/** A schema's complaint as a problem. `known` are the keys of the object at `prefix`. */
export const fromIssue = (prefix: string, known: readonly string[], issue: BaseIssue<unknown>): Problem => {
  const keys = (issue.path ?? []).map((item): PropertyKey => item.key as PropertyKey);
  const path = keys.reduce(extend, prefix);
  if (issue.type !== "strict_object") return { path, reason: `${issue.message}, is ${shown(issue.input)}` };
  if (issue.expected === "never") {
    const choice = keys.length === 1 ? `; known are ${known.join(", ")}` : "";
    return { path, reason: `is not a known key${choice}` };
  }
  if (keys.length > 0) return { path, reason: "is missing" };
  return { path, reason: `must be an object, is ${shown(issue.input)}` };
};

/** All mistakes, one a line, each with an example of what is right. */
export const describeProblems = (problems: readonly Problem[]): string => {
  const lines = problems.map(({ path, reason }) => {
    const example = exampleFor(path);
    return `  ${path}: ${reason}.${example === undefined ? "" : `\n    For example: ${example}`}`;
  });
  const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
  return `The stack's configuration has ${count}; nothing was changed.\n${lines.join("\n")}`;
};
