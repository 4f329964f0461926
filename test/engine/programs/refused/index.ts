import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: "1", outs: inputs }),
};
class Thing extends pulumi.dynamic.Resource {
  constructor(name: string, options?: pulumi.CustomResourceOptions) {
    super(provider, name, { value: "1" }, options, "test", "Thing");
  }
}
const declare = (options: pulumi.CustomResourceOptions) => new Thing("thing", options);

/** One use of each part of Pulumi that the engine does not have; the configuration chooses. */
const uses: Record<string, () => unknown> = {
  aliases: () => declare({ aliases: [{ name: "former" }] }),
  import: () => declare({ import: "1" }),
  deleteBeforeReplace: () => declare({ deleteBeforeReplace: true }),
  deletedWith: () => declare({ deletedWith: new Thing("other") }),
  replaceOnChanges: () => declare({ replaceOnChanges: ["value"] }),
  transforms: () => declare({ transforms: [({ props, opts }) => ({ props, opts })] }),
  stackTransforms: () => pulumi.runtime.registerStackTransform(({ props, opts }) => ({ props, opts })),
  hooks: () => {
    const hook = new pulumi.ResourceHook("hook", () => undefined);
    return declare({ hooks: { beforeCreate: [hook] } });
  },
  stackReference: () => new pulumi.StackReference("other").getOutput("id"),
  function: () => pulumi.runtime.invoke("aws:index/getCallerIdentity:getCallerIdentity", {}),
  get: () => pulumi.CustomResource.isInstance(new Existing("existing", {}, { id: "1" })),
  remote: () => new Remote("remote"),
  throws: () => {
    throw new pulumi.RunError("the program is not content");
  },
  leaves: () => process.exit(0),
  badTimeout: () => declare({ customTimeouts: { create: "soon" } }),
};

class Existing extends pulumi.CustomResource {
  constructor(name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super("aws:s3/bucket:Bucket", name, args, options);
  }
}

class Remote extends pulumi.ComponentResource {
  constructor(name: string) {
    super("awsx:ec2:Vpc", name, {}, {}, true);
  }
}

const use = new pulumi.Config().require("use");
uses[use]?.();
