import { build } from "esbuild";
import { genesysApiOver } from "../../../apis/genesys/api-over.ts";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import type { Connect } from "../../../apis/http/connection.ts";
import { Secret } from "../../../apis/http/secret.ts";

const settings = {
  apiUrl: "https://api.example.com",
  loginUrl: "https://login.example.com",
  clientId: "client-1",
  clientSecret: new Secret("none"),
};

/** Hosts that were called. */
const recorded = () => {
  const hosts: string[] = [];
  const connect: Connect =
    ({ baseUrl }) =>
    async () => {
      hosts.push(new URL(baseUrl).host);
      const body = { access_token: "t", expires_in: 300, entities: [] };
      return { kind: "answer", answer: { status: 200, headers: {}, body } };
    };
  return { hosts, connect };
};

test.each([
  ["given to it", (connect: Connect) => genesysApiOver(connect, { settings })],
  ["of its transport", (connect: Connect) => createGenesysApi({ settings, transport: { connect } })],
])("every call goes over the connection %s", async (_, open) => {
  const { hosts, connect } = recorded();
  await open(connect).roles.list();
  expect(hosts).toEqual(["login.example.com", "api.example.com"]);
});

test("a bundle with fetch does not contain axios, and one with the default does", async () => {
  const modules = async (contents: string): Promise<string[]> => {
    const { metafile } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
      metafile: true,
    });
    return Object.keys(metafile.inputs).filter((file) => file.includes("node_modules/axios/"));
  };
  const fetching = `
    export { genesysApiOver } from "./apis/genesys/api-over.ts";
    export { fetchConnection } from "./apis/http/fetch-connection.ts";`;
  expect(await modules(fetching)).toEqual([]);
  expect(await modules(`export { createGenesysApi } from "./apis/genesys/create.ts";`)).not.toEqual([]);
});
