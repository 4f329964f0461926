import type { EngineEvent } from "../model/events.ts";
import { blinded, blindMap, blindState, type Redactor } from "./blind.ts";

/** The same event without a secret, which is all that any display gets to see. */
export const makeSafe = (event: EngineEvent, redactor: Redactor): EngineEvent => {
  switch (event.type) {
    case "prelude":
      return safePrelude(event, redactor);
    case "step-started":
      return event;
    case "step-finished":
      return safeStep(event, redactor);
    case "step-failed":
    case "diagnostic":
      return { ...event, message: clean(event.message, redactor) };
    case "policy-violation":
      return {
        ...event,
        message: clean(event.message, redactor),
        ...(event.remediation !== undefined && { remediation: clean(event.remediation, redactor) }),
      };
    case "summary":
      redactor.learn(event.outputs);
      return { ...event, outputs: blindMap(event.outputs) };
  }
};

type EventOf<T extends EngineEvent["type"]> = Extract<EngineEvent, { type: T }>;

const safePrelude = (event: EventOf<"prelude">, redactor: Redactor): EngineEvent => {
  const config = { ...event.config };
  for (const key of event.secretKeys ?? []) {
    const value = config[key];
    if (value === undefined) continue;
    redactor.learnText(value);
    config[key] = blinded;
  }
  return { ...event, config };
};

const safeStep = (event: EventOf<"step-finished">, redactor: Redactor): EngineEvent => {
  const { oldInputs, newInputs, oldState, newState } = event;
  for (const state of [oldState, newState]) {
    redactor.learn(state?.inputs);
    redactor.learn(state?.outputs);
    for (const key of state?.additionalSecretOutputs ?? []) {
      const output = state?.outputs?.[key];
      if (typeof output === "string") redactor.learnText(output);
    }
  }
  redactor.learn(oldInputs);
  redactor.learn(newInputs);
  return {
    ...event,
    ...(oldInputs && { oldInputs: blindMap(oldInputs) }),
    ...(newInputs && { newInputs: blindMap(newInputs) }),
    ...(oldState && { oldState: blindState(oldState) }),
    ...(newState && { newState: blindState(newState) }),
  };
};

/** Without secrets, and without control characters that could rewrite a terminal (lines and tabs stay). */
const clean = (text: string, redactor: Redactor): string =>
  redactor
    .redact(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
