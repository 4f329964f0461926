/**
 * Checks a request's signature, version 4.
 *
 * Verified (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html): canonical
 * request, string to sign, derived key; `host` must be signed, and what begins with `x-amz-`; a signature is good for
 * five minutes around its time; the scope names date, region, service and `aws4_request`.
 * Assumed (2026-11-21): the wording of the refusals; all of them are 400, as JSON services answer.
 * By design: times are compared with this machine's clock, not with that of the simulated services.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { SimulatedRequest } from "../../http/responder.ts";
import { AwsError } from "../error.ts";

/** What requests are signed with. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface SignedWith<K extends AccessKey> {
  key: K;
  /** As the signature says, such as `secretsmanager`. */
  service: string;
}

const validMilliseconds = 5 * 60 * 1000;
const header =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

const invalid = (message: string): AwsError => new AwsError("InvalidSignatureException", message);

/**
 * With which key a request is signed.
 *
 * @throws AwsError MissingAuthenticationTokenException, IncompleteSignatureException, UnrecognizedClientException,
 * InvalidSignatureException
 */
export const checkSignature = <K extends AccessKey>(
  request: Pick<SimulatedRequest, "method" | "path" | "query" | "headers" | "text">,
  keys: ReadonlyMap<string, K>,
  region: string,
  now: number,
): SignedWith<K> => {
  const headerOf = (name: string): string => String(request.headers[name] ?? "").trim();
  const authorization = headerOf("authorization");
  if (authorization === "")
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, keyId = "", date = "", scopeRegion = "", service = "", names = "", signature = ""] =
    header.exec(authorization) ?? [];
  const time = headerOf("x-amz-date");
  if (signature === "" || time === "")
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters, and a X-Amz-Date header.",
    );
  const key = keys.get(keyId);
  if (key === undefined || headerOf("x-amz-security-token") !== (key.sessionToken ?? ""))
    throw new AwsError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  if (scopeRegion !== region)
    throw invalid(`Credential should be scoped to a valid region, not '${scopeRegion}'.`);
  const age = now - timeOf(time);
  if (!(Math.abs(age) <= validMilliseconds) || !time.startsWith(date))
    throw invalid(`Signature ${age > 0 ? "expired" : "not yet current"}: ${time}.`);
  const signed = names.split(";");
  const unsigned = ["host", ...Object.keys(request.headers).filter((name) => name.startsWith("x-amz-"))].find(
    (name) => !signed.includes(name),
  );
  if (unsigned !== undefined)
    throw invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);

  const query = [...request.query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const canonical = [
    request.method,
    request.path.split("/").map(encode).join("/"),
    query,
    ...signed.map((name) => `${name}:${headerOf(name).replaceAll(/\s+/g, " ")}`),
    "",
    names,
    hash(request.text),
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const signingKey = mac(mac(mac(mac(`AWS4${key.secretAccessKey}`, date), region), service), "aws4_request");
  const expected = mac(signingKey, ["AWS4-HMAC-SHA256", time, scope, hash(canonical)].join("\n"));
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex")))
    throw invalid(
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    );
  return { key, service };
};
