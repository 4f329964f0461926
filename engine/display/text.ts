import type { EngineEvent } from "../model/events.ts";
import { createRedactor } from "./blind.ts";
import type { DisplayOptions, Operation } from "./display.ts";
import { createPaint } from "./paint.ts";
import { makeSafe } from "./safe-event.ts";
import {
  type Diagnostic,
  diagnosticsSection,
  isLasting,
  outputsSection,
  policiesSection,
  summarySection,
  type Violation,
} from "./sections.ts";
import { failedStepLine, finishedStepLines } from "./step-lines.ts";

const titles: Record<Operation, { plan: string; act: string }> = {
  preview: { plan: "Previewing update", act: "Previewing update" },
  up: { plan: "Previewing update", act: "Updating" },
  refresh: { plan: "Previewing refresh", act: "Refreshing" },
  destroy: { plan: "Previewing destroy", act: "Destroying" },
};

/** One line per finished or failed step as work goes on; everything that wants reading at rest comes at the end. */
export const createTextDisplay = (options: DisplayOptions): ((event: EngineEvent) => void) => {
  const paint = createPaint(options.color);
  const redactor = createRedactor();
  const diagnostics: Diagnostic[] = [];
  const violations: Violation[] = [];
  let failures = 0;
  let stack = "";
  let planning = options.operation === "preview";
  for (const secret of options.secrets ?? []) redactor.learnText(secret);
  const print = (lines: readonly string[]) => {
    if (lines.length > 0) options.stream.write(`${lines.join("\n")}\n`);
  };

  return (unsafe) => {
    const event = makeSafe(unsafe, redactor);
    switch (event.type) {
      case "prelude":
        stack = event.stack;
        planning ||= event.planning === true;
        return print([
          `${paint("headline", titles[event.operation][planning ? "plan" : "act"])} (${stack}):`,
          "",
        ]);
      case "step-started":
        return;
      case "step-finished":
        planning ||= event.planned;
        return event.operation === "same" ? undefined : print(finishedStepLines(event, paint));
      case "step-failed":
        failures += 1;
        diagnostics.push({ severity: "error", urn: event.urn, message: event.message });
        return print([failedStepLine(event, paint)]);
      case "diagnostic":
        if (isLasting(event)) diagnostics.push(event);
        return;
      case "policy-violation":
        violations.push(event);
        return;
      case "summary":
        // Once more, because a message may quote a secret that became known after it.
        for (const said of [...diagnostics, ...violations]) said.message = redactor.redact(said.message);
        return print([
          "",
          ...policiesSection(violations, event.policyPacks ?? {}, paint),
          ...diagnosticsSection(diagnostics, stack, paint),
          ...outputsSection(event.outputs, paint),
          ...summarySection(event, failures, planning, paint),
        ]);
    }
  };
};
