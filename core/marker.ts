/**
 * The marker at the end of a description that says whose the object is: `guard:ORG/PROJECT/STACK/NAME~DIGEST#TOKEN`.
 * The platform has no tags for OAuth clients and roles; the description is the only free text that they carry.
 *
 * Everything before `#` is the owner: equal for every object that was ever made for one logical resource, and for
 * no other. The token tells one creation of the resource from another.
 */
import { createHash } from "node:crypto";

export interface Owner {
  organization: string;
  project: string;
  stack: string;
  logicalName: string;
  /** What else tells the resource from others of that name in the stack: its type, its parent. */
  qualifiers?: readonly string[];
}

/**
 * The part of a marker before `#`. Type and parent are hidden in the digest, because an intruder who lists the
 * clients must not learn which of them are decoys.
 */
export const markerPrefix = ({
  organization,
  project,
  stack,
  logicalName,
  qualifiers = [],
}: Owner): string => {
  const parts = [organization, project, stack, logicalName];
  const digest = createHash("sha256")
    .update(JSON.stringify([...parts, ...qualifiers]))
    .digest("hex")
    .slice(0, 8);
  return `guard:${parts.map(encodeURIComponent).join("/")}~${digest}`;
};

/** The whole marker. */
export const marker = (prefix: string, token: string): string => `${prefix}#${token}`;

const pattern = /(?:^| )(guard:[^\s#]+)#([0-9a-z]+)\s*$/;

/** The marker at the end of a description, or undefined where there is none. */
export const readMarker = (
  description: string | undefined,
): { prefix: string; token: string } | undefined => {
  const [, prefix, token] = pattern.exec(description ?? "") ?? [];
  return prefix === undefined || token === undefined ? undefined : { prefix, token };
};

/** A description with the marker appended; `stripMarker` undoes it. */
export const withMarker = (description: string | undefined, prefix: string, token: string): string =>
  [description, marker(prefix, token)].filter(Boolean).join(" ");

/** The description as the user wrote it; undefined where nothing but the marker was there. */
export const stripMarker = (description: string | undefined): string | undefined => {
  const text = (description ?? "").replace(pattern, "");
  return text === "" ? undefined : text;
};

/** The logical name inside a marker's prefix; undefined for a text that is no prefix. */
export const logicalNameOf = (prefix: string): string | undefined => {
  const [, name] = /^guard:[^/]*\/[^/]*\/[^/]*\/([^/]*)~[0-9a-f]{8}$/.exec(prefix) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
};
