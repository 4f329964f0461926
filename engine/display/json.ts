import type { ResourceState } from "../model/deployment.ts";
import type { EngineEvent } from "../model/events.ts";
import type { PropertyMap } from "../model/property.ts";
import { stackType, urnName, urnType } from "../wire/urn.ts";
import { createRedactor } from "./blind.ts";
import type { DisplayOptions } from "./display.ts";
import { makeSafe } from "./safe-event.ts";
import { isLasting } from "./sections.ts";

type EventOf<T extends EngineEvent["type"]> = Extract<EngineEvent, { type: T }>;

/** `PreviewDiagnostic` of the CLI. Policy violations and failed steps are among them. */
interface JsonDiagnostic {
  urn?: string;
  message: string;
  severity: string;
}

/** `PreviewStep` of the CLI. */
interface JsonStep {
  op: string;
  urn: string;
  provider?: string;
  oldState?: Partial<ResourceState>;
  newState?: Partial<ResourceState>;
  /** Names of the properties that changed. */
  diffReasons?: string[];
  /** Those of them that force a replacement. */
  replaceReasons?: string[];
  detailedDiff: Record<string, { kind: string; inputDiff: boolean }> | null;
}

/**
 * What `guard preview --json` prints: the object of `pulumi preview --json`, to which violations of policies are
 * added as diagnostics, since a pipeline that reads only this must see them.
 * https://github.com/pulumi/pulumi/blob/master/pkg/display/json.go (`PreviewDigest`)
 */
export interface PreviewDigest {
  config?: Record<string, string>;
  steps?: JsonStep[];
  diagnostics?: JsonDiagnostic[];
  /** Nanoseconds. */
  duration: number;
  changeSummary: Record<string, number>;
}

/**
 * What `guard up|refresh|destroy --json` prints at the end: the object of `pulumi up --output json`, to which the
 * diagnostics and the outputs are added.
 * https://github.com/pulumi/pulumi/blob/master/pkg/backend/display/summary_json.go (`SummaryJSON`)
 */
export interface OperationDigest {
  operation: string;
  result: "succeeded" | "failed";
  /** Nanoseconds. */
  duration: number;
  summary: Record<string, number>;
  resources: { urn: string; type: string; name: string; op: string; parent?: string }[];
  diagnostics: JsonDiagnostic[];
  outputs: PropertyMap;
}

export const createJsonDisplay = (options: DisplayOptions): ((event: EngineEvent) => void) => {
  const redactor = createRedactor();
  const seen: EngineEvent[] = [];
  for (const secret of options.secrets ?? []) redactor.learnText(secret);
  return (unsafe) => {
    const event = makeSafe(unsafe, redactor);
    seen.push(event);
    if (event.type !== "summary") return;
    // Once more, because a message may quote a secret that became known after it.
    const events = seen.map((earlier) => makeSafe(earlier, redactor));
    const digest =
      options.operation === "preview"
        ? previewDigest(events, event)
        : operationDigest(options, events, event);
    options.stream.write(`${JSON.stringify(digest, null, 4)}\n`);
  };
};

const previewDigest = (events: readonly EngineEvent[], summary: EventOf<"summary">): PreviewDigest => {
  const config = events.find((event) => event.type === "prelude")?.config;
  return {
    ...(config !== undefined && { config }),
    steps: shownSteps(events, true).map(jsonStep),
    diagnostics: jsonDiagnostics(events),
    duration: nanoseconds(summary),
    changeSummary: summary.changes,
  };
};

const operationDigest = (
  { operation }: DisplayOptions,
  events: readonly EngineEvent[],
  summary: EventOf<"summary">,
): OperationDigest => ({
  operation,
  result: summary.outcome,
  duration: nanoseconds(summary),
  summary: summary.changes,
  resources: shownSteps(events, false).map((step) => {
    const parent = step.parent ?? step.newState?.parent ?? step.oldState?.parent;
    return {
      urn: step.urn,
      type: urnType(step.urn),
      name: urnName(step.urn),
      op: step.operation,
      ...(parent !== undefined && { parent }),
    };
  }),
  diagnostics: jsonDiagnostics(events),
  outputs: summary.outputs,
});

const nanoseconds = ({ durationSeconds }: EventOf<"summary">): number => Math.round(durationSeconds * 1e9);

/** Unchanged resources are left out (the stack itself is in a preview), and so are the halves of a replacement. */
const shownSteps = (events: readonly EngineEvent[], withStack: boolean): EventOf<"step-finished">[] =>
  events
    .filter((event) => event.type === "step-finished")
    .filter(({ operation, resourceType }) => {
      if (operation === "same") return withStack && resourceType === stackType;
      return operation !== "create-replacement" && operation !== "delete-replaced";
    });

const jsonStep = (step: EventOf<"step-finished">): JsonStep => {
  const oldState = step.oldState ?? stateOf(step, step.oldInputs);
  const newState = step.newState ?? stateOf(step, step.newInputs);
  const names = (paths: string[]) => [...new Set(paths.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path))];
  const diffReasons = names(step.changes.map(({ path }) => path));
  const replaceReasons = names(
    step.changes.filter(({ kind }) => kind.endsWith("-replace")).map(({ path }) => path),
  );
  const detailed = step.changes.map(({ path, kind }) => [path, { kind, inputDiff: true }] as const);
  return {
    op: step.operation,
    urn: step.urn,
    ...(step.provider !== undefined && { provider: step.provider }),
    ...(oldState !== undefined && { oldState }),
    ...(newState !== undefined && { newState }),
    ...(diffReasons.length > 0 && { diffReasons }),
    ...(replaceReasons.length > 0 && { replaceReasons }),
    detailedDiff: detailed.length === 0 ? null : Object.fromEntries(detailed),
  };
};

const stateOf = (
  { urn, resourceType }: EventOf<"step-finished">,
  inputs: PropertyMap | undefined,
): Partial<ResourceState> | undefined =>
  inputs === undefined ? undefined : { urn, type: resourceType, inputs };

const jsonDiagnostics = (events: readonly EngineEvent[]): JsonDiagnostic[] =>
  events.flatMap((event): JsonDiagnostic[] => {
    switch (event.type) {
      case "diagnostic":
        return isLasting(event) ? [withUrn(event.urn, event.message, event.severity)] : [];
      case "step-failed":
        return [withUrn(event.urn, event.message, "error")];
      case "policy-violation": {
        const { pack, packVersion, policy, enforcementLevel, message, remediation, url } = event;
        const text = [
          `${pack}@v${packVersion} ${policy} (${enforcementLevel}): ${message}`,
          remediation,
          url,
        ];
        const severity = enforcementLevel === "mandatory" ? "error" : "warning";
        return [withUrn(event.urn, text.filter(Boolean).join("\n"), severity)];
      }
      default:
        return [];
    }
  });

const withUrn = (urn: string | undefined, message: string, severity: string): JsonDiagnostic => ({
  ...(urn !== undefined && { urn }),
  message,
  severity,
});
