import { unknownValue } from "../analyzer.ts";
import { describePolicy } from "../describe-policy.ts";
import {
  bridgedClient,
  bucket,
  decoyClient,
  oauthClient,
  rotatedClient,
  trapQueue,
  trapUser,
} from "../resources.ts";

const judged = [oauthClient, rotatedClient, decoyClient, bridgedClient, trapUser, trapQueue];

describePolicy("protect-production", {
  fires: {
    "every client and trap of a production stack": {
      resources: [
        oauthClient({}, { stack: "prod" }),
        ...judged.slice(1).map((each) => each({}, { stack: "prod" })),
      ],
      says: [
        'The OAuth client "example" of the production stack "prod" must be protected against deletion. Set its resource option protect to true.',
        "The OAuth client",
        "The decoy client",
        "The OAuth client",
        'The trap "example" of the production stack',
        "The trap",
      ],
    },
    "production by another name": {
      resources: [
        oauthClient({}, { stack: "eu-production" }),
        oauthClient({}, { stack: "PROD-eu" }),
        oauthClient({}, { stack: "prod2" }),
      ],
      says: ["eu-production", "PROD-eu", "prod2"],
    },
    "a stack that is tagged as production": {
      stackTags: { environment: "Production" },
      resources: [oauthClient({}, { stack: "blue" })],
      says: ['"blue"'],
    },
    "the organisation's own naming": {
      config: { productionPattern: "^live$", productionTag: "stage" },
      resources: [oauthClient({}, { stack: "LIVE" }), oauthClient({}, { stack: "prod" })],
      says: ['"LIVE"'],
    },
    "the organisation's own tag": {
      config: { productionTag: "stage" },
      stackTags: { stage: "prod", environment: "dev" },
      resources: [oauthClient({}, { stack: "blue" })],
      says: ['"blue"'],
    },
  },
  passes: {
    "what is protected": {
      resources: [
        oauthClient({}, { stack: "prod", protect: true }),
        trapUser({}, { stack: "prod", protect: true }),
      ],
    },
    "other stacks": {
      resources: [
        oauthClient({}, { stack: "dev" }),
        oauthClient({}, { stack: "product-a" }),
        oauthClient({}, { stack: "nonprod" }),
      ],
    },
    "other tags": { stackTags: { environment: "dev", stage: "prod" }, resources: [oauthClient({})] },
    "other resources": { resources: [bucket({}, { stack: "prod" })] },
  },
  unknownElsewhere: {
    "inputs that are not known yet: protection is": {
      resources: [
        trapUser({ name: unknownValue }, { stack: "prod" }),
        bridgedClient({ name: unknownValue, scopes: unknownValue }, { stack: "prod" }),
      ],
      says: ["The trap", "The OAuth client"],
    },
  },
});
