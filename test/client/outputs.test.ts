import { InvalidOutputsError, readStackOutputs } from "../../client/index.ts";

const rotated = {
  name: "CRM integration",
  secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:genesys/crm-AbCdEf",
  region: "eu-west-1",
  awsRegion: "eu-central-1",
  accessTokenValiditySeconds: 3_600,
  rotationIntervalHours: 168,
};
const outputs = {
  contractVersion: 2,
  region: "eu-west-1",
  clients: { crm: rotated, legacy: { name: "Legacy", clientId: "c-1" } },
};

test.each([
  ["text", JSON.stringify(outputs)],
  ["an object", outputs],
])("the rotated clients of a stack are read from %s", (_, json) => {
  expect(readStackOutputs(json)).toEqual({ contractVersion: 2, clients: { crm: { id: "crm", ...rotated } } });
});

test("a stack without clients has none", () => {
  expect(readStackOutputs({ contractVersion: 2 }).clients).toEqual({});
});

test("a newer contract is refused with what to do", () => {
  expect(() => readStackOutputs({ ...outputs, contractVersion: 3 })).toThrow(InvalidOutputsError);
  expect(() => readStackOutputs({ ...outputs, contractVersion: 3 })).toThrow(
    "The contract version of the stack outputs is 3, not 2.",
  );
  expect(() => readStackOutputs({ ...outputs, contractVersion: 3 })).toThrow(
    "a newer stack needs a newer kit",
  );
});

test.each([
  undefined,
  { contractVersion: 1 },
  null,
  "",
  "no JSON",
  "{}",
  "[]",
  1,
  { contractVersion: "2" },
  { contractVersion: null },
])("%p is no output of such a stack", (json) => {
  expect(() => readStackOutputs(json)).toThrow(InvalidOutputsError);
});

test("every field that is missing or of another type is named", () => {
  const client = { secretArn: "arn", region: 1, accessTokenValiditySeconds: "3600" };
  expect(() => readStackOutputs({ contractVersion: 2, clients: { crm: client } })).toThrow(
    "Client crm of the stack outputs has no region, awsRegion, accessTokenValiditySeconds.",
  );
});
