import { createHash, createHmac } from "node:crypto";
import type { AwsCredentials } from "./credentials.ts";

export interface Signable {
  url: URL;
  region: string;
  service: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * The headers of a POST to the root of a service, signed with Signature Version 4. A library for every request of
 * every service is half as large as this whole kit may be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const signedHeaders = (
  { url, region, service, headers, body }: Signable,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  now: number,
): Record<string, string> => {
  const date = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, "");
  const sent: Record<string, string> = { ...headers, "x-amz-date": date };
  if (sessionToken !== undefined) sent["x-amz-security-token"] = sessionToken;
  const all: Record<string, string> = { ...sent, host: url.host };
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name]}`);
  const signed = names.join(";");
  const request = ["POST", "/", "", ...lines, "", signed, sha256(body)].join("\n");
  const scope = [date.slice(0, 8), region, service, "aws4_request"];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), sha256(request)].join("\n");
  const signature = hmac(key, text).toString("hex");
  sent.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${signed}, Signature=${signature}`;
  return sent;
};
