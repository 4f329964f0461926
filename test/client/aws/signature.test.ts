import { randomBytes } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { signedHeaders } from "../../../client/aws/signature.ts";
import { proof } from "../../proof.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const own = (request: Parameters<typeof signedHeaders>[0], key: Parameters<typeof signedHeaders>[1]) =>
  signedHeaders(request, key, Date.parse("2026-09-01T12:34:56.789Z"));

proof(
  "a request is signed as a library of repute signs it",
  { quick: 100, full: 2_000 },
  async (numRuns, seed) => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
    const property = fc.asyncProperty(
      word,
      word,
      word,
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
      async (region, service, host, body, hasToken) => {
        const key = {
          accessKeyId: "AKIDEXAMPLE",
          secretAccessKey: randomBytes(30).toString("base64"),
          ...(hasToken && { sessionToken: randomBytes(30).toString("base64") }),
        };
        const url = new URL(`https://${host}.example`);
        const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${service}.Get` };
        const signed = own({ url, region, service, headers, body }, key);
        const signer = new AwsV4Signer({
          ...key,
          url: url.href,
          method: "POST",
          headers,
          body,
          region,
          service,
          datetime: "20260901T123456Z",
          allHeaders: true,
        });
        const theirs = await signer.sign();
        expect(signed).toEqual(Object.fromEntries(theirs.headers));
      },
    );
    await fc.assert(property, { numRuns, seed });
  },
);
