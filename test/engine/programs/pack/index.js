const { PolicyPack } = require("@pulumi/policy");

const isThing = (type) => type === "pulumi-nodejs:dynamic/test:Thing";

new PolicyPack("test-pack", {
  policies: [
    {
      name: "no-open-value",
      description: "Things are closed.",
      enforcementLevel: "mandatory",
      severity: "high",
      configSchema: { properties: { forbidden: { type: "string", default: "open", minLength: 2 } } },
      validateResource: (args, report) => {
        if (isThing(args.type) && args.props.value === args.getConfig().forbidden)
          report(`The value must not be ${args.props.value}.`);
      },
    },
    {
      name: "short-name",
      description: "Names are short.",
      enforcementLevel: "advisory",
      validateResource: (args, report) => {
        if (isThing(args.type) && args.name.length > 5) report("The name should have at most 5 letters.");
      },
    },
    {
      name: "few-things",
      description: "Stacks are small.",
      enforcementLevel: "mandatory",
      validateStack: (args, report) => {
        const things = args.resources.filter(({ type }) => isThing(type));
        if (things.length > 2) report("The stack must have at most 2 things.", things[0].urn);
      },
    },
    {
      name: "tidy-key",
      description: "Keys are tidy.",
      enforcementLevel: "disabled",
      remediateResource: (args) => (isThing(args.type) ? { ...args.props, key: "tidy" } : undefined),
    },
  ],
});
