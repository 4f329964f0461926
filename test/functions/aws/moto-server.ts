/**
 * A moto server for one test file. Moto judges the actions of a caller by its policies once it is told to enforce
 * them, but resources for SQS, IAM and STS alone, so policies here are for any resource.
 * https://docs.getmoto.org/en/latest/docs/iam.html
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { AwsCredentials } from "../../../apis/aws/credentials.ts";
import { signatureHeaders } from "../../../apis/aws/sigv4.ts";
import { installPython } from "../../../scripts/python/install.ts";

export interface MotoServer {
  url: string;
  region: string;
  /** May do everything. */
  administrator: AwsCredentials;
  /** A new user who may do these actions. */
  userWho(actions: readonly string[]): Promise<AwsCredentials>;
  close(): Promise<void>;
}

const region = "eu-central-1";

const start = async (): Promise<{ url: string; close(): Promise<void> }> => {
  const python = join(installPython(process.cwd(), "moto"), "python3");
  const child = spawn(python, ["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      // Only until it has started: every request is a line.
      if (output.length < 10_000) output += chunk.toString("utf8");
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`moto ended before it listened: ${output}`)));
  });
  return { url, close };
};

const policyOf = (actions: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });

export const startMoto = async (): Promise<MotoServer> => {
  const { url, close } = await start();
  let users = 0;

  const iam = async (
    credentials: AwsCredentials,
    Action: string,
    input: Record<string, string>,
  ): Promise<string> => {
    const form = new URLSearchParams({ Action, Version: "2010-05-08", ...input });
    // Moto checks the signature of the form as Python would have written it.
    const body = form.toString().replaceAll("*", "%2A");
    const request = { method: "POST", url, body, service: "iam", region: "us-east-1" };
    const headers = signatureHeaders({ ...request, credentials, headers: {}, time: Date.now() });
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`moto answered ${Action} with ${response.status}: ${text}`);
    return text;
  };

  const newUser = async (by: AwsCredentials, actions: readonly string[]): Promise<AwsCredentials> => {
    users += 1;
    const UserName = `user-${users}`;
    await iam(by, "CreateUser", { UserName });
    if (actions.length > 0) {
      const PolicyDocument = policyOf(actions);
      await iam(by, "PutUserPolicy", { UserName, PolicyName: "derived", PolicyDocument });
    }
    const answer = await iam(by, "CreateAccessKey", { UserName });
    const field = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(answer)?.[1] ?? "";
    return { accessKeyId: field("AccessKeyId"), secretAccessKey: field("SecretAccessKey") };
  };

  try {
    const anybody = { accessKeyId: "anybody", secretAccessKey: "anybody" };
    const administrator = await newUser(anybody, ["*"]);
    // From now on every action is judged.
    const reset = await fetch(`${url}/moto-api/reset-auth`, { method: "POST", body: "0" });
    if (!reset.ok) throw new Error(`moto cannot be made to enforce policies: HTTP ${reset.status}`);
    return { url, region, administrator, userWho: (actions) => newUser(administrator, actions), close };
  } catch (error) {
    await close();
    throw error;
  }
};
