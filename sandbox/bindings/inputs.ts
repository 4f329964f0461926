import { isMap, type PropertyMap, type PropertyValue } from "../../engine/model/property.ts";

/** Readers of inputs; a plugin would have refused a wrong type before. */
export const text = (inputs: PropertyMap, key: string): string => {
  const value = inputs[key];
  if (typeof value !== "string") throw new Error(`ValidationException: ${key} is required, as a string.`);
  return value;
};

export const optionalText = (inputs: PropertyMap, key: string): string | undefined => {
  const value = inputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
};

export const optionalNumber = (inputs: PropertyMap, key: string): number | undefined => {
  const value = inputs[key];
  return typeof value === "number" ? value : undefined;
};

export const map = (value: PropertyValue | undefined): PropertyMap => (isMap(value) ? value : {});

/** The text of a map's values; what is no text is left out. */
export const texts = (value: PropertyValue | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(map(value)).flatMap(([key, member]) =>
      typeof member === "string" ? [[key, member]] : [],
    ),
  );
