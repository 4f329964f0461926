import { MissingCredentialsError } from "../../../apis/http/errors.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { accessAws } from "../../../providers/aws/access.ts";
import { type Account, startAccount } from "../genesys/aws.ts";

let account: Account;
beforeEach(async () => {
  account = await startAccount();
});
afterEach(() => account.close());

const region = "us-east-1";
const versionId = "0".repeat(32);

test("finds credentials where the vendor's own tools do", async () => {
  const { ARN: secretId = "" } = account.secrets.createSecret({ Name: "crm" });
  const before = { ...process.env };
  Object.assign(process.env, account.environment());
  try {
    const secrets = accessAws().secrets(region);
    const value = new Secret("{}");
    await secrets.put(secretId, { versionId, value });
    await secrets.put(secretId, { versionId, value });
    expect((await secrets.value(secretId)).value.reveal()).toBe("{}");
  } finally {
    process.env = before;
  }
});

test("looks for none until a call needs them", async () => {
  let asked = 0;
  const access = accessAws({
    environment: account.environment(),
    credentials: async () => {
      asked += 1;
      throw new Error("nobody is signed in");
    },
  });
  const ledger = access.ledger(region, account.ledger);
  access.secrets(region);
  expect(asked).toBe(0);
  await expect(ledger.read("credential#crm")).rejects.toThrow(MissingCredentialsError);
  expect(asked).toBe(1);
});

test("the ledger tells who holds a key, and until when", async () => {
  const ledger = account.access().ledger(region, account.ledger);
  expect(await ledger.holder("credential#crm")).toBeUndefined();
  const lease = await ledger.acquire("credential#crm", "rotate-1", 60);
  expect(await ledger.holder("credential#crm")).toEqual({ name: "rotate-1", until: lease?.until });
  if (lease !== undefined) await ledger.release(lease);
  expect(await ledger.holder("credential#crm")).toBeUndefined();
});
