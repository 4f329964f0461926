import {
  isMap,
  type PropertyMap,
  type PropertyValue,
  signatureKey,
  signatures,
  unknownValue,
} from "../model/property.ts";
import { blinded } from "./blind.ts";

const longest = 100;

/** A blinded value on one line, as JSON with `[secret]` and `[unknown]` bare; cut at 100 characters. */
export const shortText = (value: PropertyValue): string => {
  const text = fullText(value);
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
};

/** A blinded value on as many lines as it needs to be read: objects and arrays that are long go over several. */
export const indentedText = (value: PropertyValue, indent: string): string => {
  const line = fullText(value);
  if (line.length <= longest || typeof value !== "object" || value === null || isSpecial(value)) return line;
  const inner = `${indent}    `;
  const members = Array.isArray(value)
    ? value.map((item) => inner + indentedText(item, inner))
    : Object.entries(value).map(([key, member]) => `${inner}${key}: ${indentedText(member, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${members.join("\n")}\n${indent}${close}`;
};

const isSpecial = (value: PropertyValue): boolean => isMap(value) && specialText(value) !== undefined;

/** A blinded value on one line. */
const fullText = (value: PropertyValue): string => {
  if (value === unknownValue) return "[unknown]";
  if (value === blinded) return blinded;
  if (Array.isArray(value)) return `[${value.map(fullText).join(", ")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const special = specialText(value);
  if (special !== undefined) return special;
  const members = Object.entries(value).map(([key, member]) => `${key}: ${fullText(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
};

const specialText = (value: PropertyMap): string | undefined => {
  switch (value[signatureKey]) {
    case signatures.output:
      return "[unknown]";
    case signatures.resource:
      return String(value.urn);
    case signatures.asset:
    case signatures.archive:
      return `${value[signatureKey] === signatures.asset ? "asset" : "archive"}(${String(value.path ?? value.uri ?? value.hash ?? "text")})`;
    default:
      return undefined;
  }
};
