import type { EngineEvent, Severity, StepOperation } from "../model/events.ts";
import type { PropertyMap } from "../model/property.ts";
import { stackType, urnType } from "../wire/urn.ts";
import type { Hue, Paint } from "./paint.ts";
import { indentedText } from "./value-text.ts";
import { displayResource, operations, vocabulary } from "./vocabulary.ts";

export type Diagnostic = Pick<Extract<EngineEvent, { type: "diagnostic" }>, "severity" | "message" | "urn">;
/** Debugging aid and status messages are not kept. */
export const isLasting = ({ severity, ephemeral }: Extract<EngineEvent, { type: "diagnostic" }>): boolean =>
  severity !== "debug" && ephemeral !== true;

export type Violation = Extract<EngineEvent, { type: "policy-violation" }>;
type Summary = Extract<EngineEvent, { type: "summary" }>;

const hues: Record<Severity, Hue> = { debug: "plain", info: "plain", warning: "warning", error: "error" };

/** Grouped by resource, in the order in which the resources first spoke; what concerns none concerns the stack. */
export const diagnosticsSection = (
  diagnostics: readonly Diagnostic[],
  stack: string,
  paint: Paint,
): string[] => {
  if (diagnostics.length === 0) return [];
  const groups = Map.groupBy(diagnostics, ({ urn }) => (urn && urnType(urn) !== stackType ? urn : undefined));
  const lines = [paint("headline", "Diagnostics:")];
  for (const [urn, messages] of groups) {
    lines.push(`  ${urn === undefined ? `stack ${stack}` : clause(urn)}:`);
    for (const { severity, message } of messages) {
      const label = severity === "info" ? "" : `${paint(hues[severity], `${severity}:`)} `;
      lines.push(...indent(`${label}${message.trimEnd()}`, "    "));
    }
    lines.push("");
  }
  return lines;
};

/** Pack by pack, the mandatory ones first. */
export const policiesSection = (
  violations: readonly Violation[],
  packs: Readonly<Record<string, string>>,
  paint: Paint,
): string[] => {
  const groups = new Map<string, Violation[]>();
  for (const [name, version] of Object.entries(packs)) groups.set(`${name}@v${version}`, []);
  for (const violation of violations) {
    const pack = `${violation.pack}@v${violation.packVersion}`;
    groups.set(pack, [...(groups.get(pack) ?? []), violation]);
  }
  if (groups.size === 0) return [];
  const lines = [paint("headline", "Policies:")];
  for (const [pack, found] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const mandatory = found.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
    const mark = mandatory ? "❌" : found.length > 0 ? "⚠️" : "✅";
    lines.push(`    ${mark} ${paint("info", pack)}`);
    for (const violation of found.toSorted(byWeight)) lines.push(...violationLines(violation, paint));
  }
  return [...lines, ""];
};

const violationLines = (violation: Violation, paint: Paint): string[] => {
  const { enforcementLevel, severity, policy, urn, message, remediation, url } = violation;
  const weight = severity ? ` [severity: ${severity}]` : "";
  const hue = enforcementLevel === "mandatory" ? "error" : "warning";
  const head = paint(hue, `[${enforcementLevel}]${weight}  ${policy}`);
  const lines = [`        - ${head}${urn ? `  (${clause(urn, ": ")})` : ""}`];
  for (const text of [message, remediation && `To put it right: ${remediation}`, url]) {
    if (text) lines.push(...indent(text.trimEnd(), "          "));
  }
  return lines;
};

const severities = ["critical", "high", "medium", "low"];

const byWeight = (a: Violation, b: Violation): number => {
  const rank = ({ enforcementLevel, severity, policy, urn }: Violation) => {
    const weight = severities.indexOf(severity ?? "");
    return [
      enforcementLevel === "mandatory" ? 0 : 1,
      weight === -1 ? severities.length : weight,
      policy,
      urn ?? "",
    ];
  };
  const [left, right] = [JSON.stringify(rank(a)), JSON.stringify(rank(b))];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** `name: value` for every output of the stack, in the order of names. */
export const outputsSection = (outputs: PropertyMap, paint: Paint): string[] => {
  const names = Object.keys(outputs).sort();
  if (names.length === 0) return [];
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map(
    (name) => `    ${name.padEnd(width)}: ${indentedText(outputs[name] ?? null, "    ")}`,
  );
  return [paint("headline", "Outputs:"), ...lines, ""];
};

/** Counts, in Pulumi's words, and the time that it took (not for a preview, which does nothing). */
export const summarySection = (
  summary: Summary,
  failures: number,
  planned: boolean,
  paint: Paint,
): string[] => {
  const { changes, durationSeconds, outcome } = summary;
  const changed = operations.filter(
    (operation) => !quiet.includes(operation) && count(changes, operation) > 0,
  );
  const lines = changed.map((operation) => {
    const { prefix, hue, plan, past } = vocabulary[operation];
    const text = `${prefix}${count(changes, operation)} ${planned ? `to ${plan}` : past}`;
    return `    ${paint(hue, text)}`;
  });
  const total = changed.reduce((sum, operation) => sum + count(changes, operation), 0);
  const same = count(changes, "same");
  const rest = [
    ...(changed.length > 1 ? [paint("bold", `${total} changes`)] : []),
    ...(same > 0 ? [`${same} unchanged`] : []),
  ];
  if (rest.length > 0) lines.push(`    ${rest.join(". ")}`);
  if (failures > 0) lines.push(`    ${paint("error", `${failures} errored`)}`);
  if (lines.length === 0) lines.push("    none");
  const ending = planned ? [] : ["", `${paint("headline", "Duration:")} ${Math.ceil(durationSeconds)}s`];
  const failed =
    outcome === "failed" ? ["", paint("error", planned ? "Preview failed." : "Operation failed.")] : [];
  return [paint("headline", "Resources:"), ...lines, ...ending, ...failed];
};

/** Neither changes anything. */
const quiet: readonly StepOperation[] = ["same", "read"];

const count = (changes: Summary["changes"], operation: StepOperation): number => changes[operation] ?? 0;

const clause = (urn: string, separator = " ("): string => {
  const { type, name } = displayResource(urn);
  return separator === " (" ? `${type} (${name})` : `${type}${separator}${name}`;
};

const indent = (text: string, by: string): string[] =>
  text.split("\n").map((line) => `${by}${line}`.trimEnd());
