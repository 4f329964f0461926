import * as providers from "@genesys-credential-guard/providers";
import * as pulumi from "@pulumi/pulumi";
import { atMost, type Result } from "./result.ts";

/** The largest text that a resource of ours puts into the state. */
export const measureProviderText = async (): Promise<Result[]> => {
  const texts: string[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ name, inputs }) => {
        if (typeof inputs.__provider === "string") texts.push(inputs.__provider);
        return { id: name, state: inputs };
      },
    },
    "genesys-credential-guard",
    "sandbox",
  );
  const classes = Object.values(providers).filter((each) => typeof each === "function");
  await Promise.all(
    classes.map(async (Resource) => {
      const resource = new (Resource as new (name: string, args: object) => pulumi.CustomResource)(
        "bench",
        {},
      );
      await new Promise((resolve) => resource.urn.apply(resolve));
    }),
  );
  if (texts.length !== classes.length)
    throw new Error(`${texts.length} of ${classes.length} texts were seen.`);
  const largest = Math.max(...texts.map((text) => Buffer.byteLength(text)));
  return [atMost(`largest provider text of ${texts.length} types`, largest, 2500, "bytes", "size")];
};
