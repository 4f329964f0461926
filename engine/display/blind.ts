import type { ResourceState } from "../model/deployment.ts";
import { isMap, type PropertyMap, type PropertyValue, signatureKey, signatures } from "../model/property.ts";

export const blinded = "[secret]";

/** A value fit to be shown: every secret is `[secret]`, an output is its value. */
export const blind = (value: PropertyValue): PropertyValue => {
  if (Array.isArray(value)) return value.map(blind);
  if (!isMap(value)) return value;
  if (hidesValue(value)) return blinded;
  // An output of unknown value keeps its wire form, which texts show as [unknown].
  if (value[signatureKey] === signatures.output && value.value !== undefined) return blind(value.value);
  return blindMap(value);
};

export const blindMap = (map: PropertyMap): PropertyMap =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, blind(value)]));

/** A state fit to be shown; outputs that are declared secret are hidden whether marked or not. */
export const blindState = (state: ResourceState): ResourceState => {
  const { inputs, outputs, replacementTrigger, additionalSecretOutputs = [] } = state;
  const shownOutputs = blindMap(outputs ?? {});
  for (const key of additionalSecretOutputs) {
    if (Object.hasOwn(shownOutputs, key)) shownOutputs[key] = blinded;
  }
  return {
    ...state,
    ...(inputs !== undefined && { inputs: blindMap(inputs) }),
    ...(outputs !== undefined && { outputs: shownOutputs }),
    ...(replacementTrigger !== undefined && { replacementTrigger: blind(replacementTrigger) }),
  };
};

const hidesValue = (value: PropertyMap): boolean =>
  value[signatureKey] === signatures.secret ||
  (value[signatureKey] === signatures.output && value.secret === true);

/** Hides known secrets within texts that others wrote, such as the error of a provider. */
export interface Redactor {
  /** Notes every secret inside the value. */
  learn(value: PropertyValue | undefined): void;
  learnText(secret: string): void;
  redact(text: string): string;
}

/** Shorter texts occur in ordinary words. */
const shortestSecret = 4;

export const createRedactor = (): Redactor => {
  const known = new Set<string>();
  const learnText = (text: string) => {
    if (text.length < shortestSecret) return;
    known.add(text);
    known.add(JSON.stringify(text).slice(1, -1));
    known.add(encodeURIComponent(text.toWellFormed()));
  };
  const learnLeaves = (value: PropertyValue | undefined): void => {
    if (typeof value === "string") learnText(value);
    else if (Array.isArray(value)) value.forEach(learnLeaves);
    else if (isMap(value)) {
      for (const [key, member] of Object.entries(value)) if (key !== signatureKey) learnLeaves(member);
    }
  };
  const learn = (value: PropertyValue | undefined): void => {
    if (Array.isArray(value)) value.forEach(learn);
    else if (isMap(value)) {
      if (hidesValue(value)) learnLeaves(value.value);
      else Object.values(value).forEach(learn);
    }
  };
  return {
    learn,
    learnText,
    redact: (text) => {
      // Longest first, so that no rest of a secret is left where one contains another.
      const secrets = [...known]
        .filter((secret) => text.includes(secret))
        .sort((a, b) => b.length - a.length);
      return secrets.reduce((shown, secret) => shown.replaceAll(secret, blinded), text);
    },
  };
};
