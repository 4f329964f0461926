export const verbs = ["preview", "up", "refresh", "destroy", "outputs"] as const;
export type Verb = (typeof verbs)[number];

export interface Flag {
  type: "string" | "boolean";
  short?: string;
  /** Default: every verb. */
  verbs?: readonly Verb[];
}

const changing = ["up", "refresh", "destroy"] as const;
const deploying = ["preview", "up", "refresh", "destroy"] as const;

/** The flags that guard knows: Pulumi's names and Pulumi's meaning, but for `bind`, which is its own. */
export const flags: Readonly<Record<string, Flag>> = {
  stack: { type: "string", short: "s" },
  cwd: { type: "string", short: "C" },
  json: { type: "boolean", short: "j" },
  color: { type: "string" },
  debug: { type: "boolean", short: "d" },
  "non-interactive": { type: "boolean" },
  "config-file": { type: "string" },
  parallel: { type: "string", short: "p", verbs: deploying },
  "expect-no-changes": { type: "boolean", verbs: ["preview", "up", "refresh"] },
  "policy-pack": { type: "string", verbs: ["preview", "up"] },
  "policy-pack-config": { type: "string", verbs: ["preview", "up"] },
  bind: { type: "string", verbs: deploying },
  yes: { type: "boolean", short: "y", verbs: changing },
  "skip-preview": { type: "boolean", short: "f", verbs: changing },
  "clear-pending-creates": { type: "boolean", verbs: ["refresh"] },
  "show-secrets": { type: "boolean", verbs: ["outputs"] },
};

const targets = "Deploy the whole stack with guard instead.";

/** Flags of the Pulumi CLI that guard does not have, with what to do instead. */
export const foreignFlags: Readonly<Record<string, Flag & { instead: string }>> = {
  target: { type: "string", short: "t", instead: targets },
  "target-dependents": { type: "boolean", instead: targets },
  "target-replace": { type: "string", instead: targets },
  replace: {
    type: "string",
    instead: "Change a property that replaces the resource, or rename it in the program.",
  },
  exclude: { type: "string", short: "x", instead: targets },
  "exclude-dependents": { type: "boolean", instead: targets },
  "exclude-protected": {
    type: "boolean",
    instead: "Remove the protection in the program and run `guard up` first.",
  },
  refresh: { type: "string", short: "r", instead: "Run `guard refresh` first." },
  "run-program": { type: "boolean", instead: "guard refreshes and destroys with what the state records." },
  "continue-on-error": {
    type: "boolean",
    instead: "guard stops at the first failure; run it again to go on.",
  },
  "preview-only": {
    type: "boolean",
    instead: "`guard preview` plans an update; `guard refresh` and `guard destroy` show their plan and ask.",
  },
  config: { type: "string", short: "c", instead: "Edit the configuration file of the stack." },
  "config-path": { type: "boolean", instead: "Edit the configuration file of the stack." },
  plan: { type: "string", instead: "`guard up` previews and asks before it changes anything." },
  "save-plan": { type: "string", instead: "Use `guard preview --json`." },
  "import-file": { type: "string", instead: "guard does not import." },
  "import-pending-creates": {
    type: "string",
    instead: "`guard refresh --clear-pending-creates` drops them.",
  },
  "secrets-provider": { type: "string", instead: "guard protects secrets with a passphrase." },
  message: { type: "string", short: "m", instead: "guard keeps no history of updates." },
  diff: { type: "boolean", instead: "guard shows the changed properties of every resource." },
  remove: { type: "boolean", instead: "The state of a destroyed stack is empty and harmless." },
  "attach-debugger": { type: "string", instead: "guard has no debugger." },
  "show-config": { type: "boolean", instead: "Read the configuration file of the stack." },
  "show-reads": { type: "boolean", instead: "guard reads no foreign resources." },
  "show-replacement-steps": { type: "boolean", instead: "guard shows a replacement as one step." },
  "show-sames": { type: "boolean", instead: "`--json` lists every resource." },
  "suppress-outputs": { type: "boolean", instead: "Leave it out." },
  "suppress-progress": { type: "boolean", instead: "Leave it out." },
};

const state = "guard keeps the state in the CLI's own files, so the CLI can open it.";

/** Commands of the Pulumi CLI that guard does not have, with what to do instead. */
export const foreignVerbs: Readonly<Record<string, string>> = {
  import: "Declare the resource with its adoptId, where the provider has one.",
  export: state,
  stack: `${state} \`guard outputs\` prints the outputs of a stack.`,
  state,
  config: "Edit the configuration file of the stack.",
  new: "Copy an existing project.",
  login: "guard keeps state in files: set PULUMI_BACKEND_URL.",
  logout: "guard keeps state in files: set PULUMI_BACKEND_URL.",
  cancel: "Delete the lock file that guard names.",
  policy: "`guard preview --policy-pack DIR` runs a policy pack.",
  plugin: "guard runs no provider plugins.",
  package: "guard runs no provider plugins.",
  watch: "Run `guard up` after each change.",
  logs: "guard reads no logs.",
  console: "guard has no web console.",
  history: "guard keeps no history of updates.",
};
