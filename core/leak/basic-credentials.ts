/** What the base64 of a Basic header holds. */
export interface BasicCredentials {
  /** In lower case. */
  clientId: string;
  secret: string;
}

const pair = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([\w-]{43})\s*$/i;

/** Undefined unless it is base64, in one line or in several, of a client id, a colon and a secret. */
export const readBasicCredentials = (text: string): BasicCredentials | undefined => {
  const decoded = Buffer.from(text.replaceAll(/\s/g, ""), "base64").toString("latin1");
  const [, clientId, secret] = pair.exec(decoded) ?? [];
  return clientId === undefined || secret === undefined
    ? undefined
    : { clientId: clientId.toLowerCase(), secret };
};
