/**
 * The marker in a client's description that says whose it is: `guard:ORG/PROJECT/STACK/LOGICAL#TOKEN`. The
 * platform has no tags for OAuth clients; the description is the only free text that a client carries.
 */
export interface Owner {
  organization: string;
  project: string;
  stack: string;
  logicalName: string;
}

/** Everything of the marker but the token: equal for every generation of one logical resource. */
export const markerPrefix = (owner: Owner): string =>
  `guard:${owner.organization}/${owner.project}/${owner.stack}/${owner.logicalName}`;

/** The whole marker. The token tells one creation of the resource from another. */
export const marker = (prefix: string, token: string): string => `${prefix}#${token}`;

const pattern = /(?:^|\s)(guard:[^\s#]+)#([0-9a-z]+)$/;

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

/** The description as the user wrote it. */
export const stripMarker = (description: string | undefined): string | undefined => {
  const text = (description ?? "").replace(pattern, "");
  return text === "" ? undefined : text;
};
