import type { EngineEvent, PropertyChange } from "../model/events.ts";
import type { PropertyValue } from "../model/property.ts";
import type { Hue, Paint } from "./paint.ts";
import { parsePath, valueAt } from "./property-path.ts";
import { shortText } from "./value-text.ts";
import { displayResource, vocabulary } from "./vocabulary.ts";

type FinishedStep = Extract<EngineEvent, { type: "step-finished" }>;
type FailedStep = Extract<EngineEvent, { type: "step-failed" }>;

/** ` ~  genesys:OauthClient crm updated (0.31s) [diff: ~roles]` and a line for every changed property. */
export const finishedStepLines = (step: FinishedStep, paint: Paint): string[] => {
  const { prefix, hue, plan, done } = vocabulary[step.operation];
  const { type, name } = displayResource(step.urn);
  const outcome = step.planned ? plan : done;
  const time =
    step.planned || step.durationSeconds === undefined ? "" : ` (${step.durationSeconds.toFixed(2)}s)`;
  const difference = step.changes.length === 0 ? "" : ` [diff: ${step.changes.map(shortChange).join(",")}]`;
  const head = ` ${paint(hue, prefix)} ${type} ${name} ${paint(hue, outcome)}${time}${difference}`;
  return [head, ...step.changes.map((change) => `       ${changeLine(step, change, paint)}`)];
};

/** Its message follows under "Diagnostics". */
export const failedStepLine = (step: FailedStep, paint: Paint): string => {
  const { prefix, hue, failed } = vocabulary[step.operation];
  const { type, name } = displayResource(step.urn);
  return ` ${paint(hue, prefix)} ${type} ${name} ${paint("error", `**${failed}**`)}`;
};

const signs: Record<PropertyChange["kind"], { sign: string; hue: Hue }> = {
  add: { sign: "+", hue: "create" },
  delete: { sign: "-", hue: "delete" },
  update: { sign: "~", hue: "update" },
  "add-replace": { sign: "+", hue: "replace" },
  "delete-replace": { sign: "-", hue: "replace" },
  "update-replace": { sign: "~", hue: "replace" },
};

const shortChange = ({ path, kind }: PropertyChange): string => signs[kind].sign + path;

const changeLine = (step: FinishedStep, { path, kind }: PropertyChange, paint: Paint): string => {
  const { sign, hue } = signs[kind];
  const head = paint(hue, `${sign} ${path}`) + (kind.endsWith("-replace") ? " (forces replacement)" : "");
  const values = describeValues(step, path, sign);
  return values === undefined ? head : `${head}: ${values}`;
};

const describeValues = (step: FinishedStep, path: string, sign: string): string | undefined => {
  // The text of a program, which would fill the screen and tell nobody anything.
  if (parsePath(path)[0]?.startsWith("__")) return undefined;
  const [before, after] = valuesOf(step, path);
  if (sign === "+") return after === undefined ? undefined : shortText(after);
  if (sign === "-") return before === undefined ? undefined : shortText(before);
  if (before === undefined || after === undefined) return undefined;
  return `${shortText(before)} => ${shortText(after)}`;
};

/** From the inputs; from the outputs where only they have the property, as in a refresh. */
const valuesOf = (
  step: FinishedStep,
  path: string,
): [PropertyValue | undefined, PropertyValue | undefined] => {
  const before = valueAt(step.oldInputs ?? step.oldState?.inputs, path);
  const after = valueAt(step.newInputs ?? step.newState?.inputs, path);
  if (before !== undefined || after !== undefined) return [before, after];
  return [valueAt(step.oldState?.outputs, path), valueAt(step.newState?.outputs, path)];
};
