import type { Models } from "purecloud-platform-client-v2";
import { badRequest, invalidValue } from "./errors.ts";

/** The integration types that the simulator has, and the credential types that each one's slots take. */
export const integrationTypes: Readonly<Record<string, Models.IntegrationType & { name: string }>> = {
  "amazon-eventbridge-source": {
    id: "amazon-eventbridge-source",
    name: "Amazon EventBridge Source",
    category: "Event Streaming",
    credentials: {},
  },
  "custom-rest-actions": {
    id: "custom-rest-actions",
    name: "Web Services Data Actions",
    category: "Data Actions",
    // The slot is called basicAuth whatever the type of the credential in it (Terraform provider).
    credentials: {
      basicAuth: {
        required: false,
        title: "Credentials",
        credentialTypes: ["basicAuth", "userDefined", "userDefinedOAuth"],
      },
    },
  },
  "purecloud-data-actions": {
    id: "purecloud-data-actions",
    name: "Genesys Cloud Data Actions",
    category: "Data Actions",
    credentials: {
      pureCloudOAuthClient: {
        required: true,
        title: "OAuth Client",
        credentialTypes: ["pureCloudOAuthClient"],
      },
    },
  },
  "aws-lambda-data-actions": {
    id: "aws-lambda-data-actions",
    name: "AWS Lambda Data Actions",
    category: "Data Actions",
    credentials: {
      AmazonWebServicesARN: { required: true, title: "AWS Role", credentialTypes: ["amazonWebServicesARN"] },
    },
  },
};

/** Credential types and the fields that each requires. Claimed: `userDefined`; verified: the others' names. */
export const credentialTypes: Readonly<Record<string, { required: readonly string[] }>> = {
  basicAuth: { required: ["userName", "password"] },
  userDefined: { required: [] },
  userDefinedOAuth: { required: ["clientId", "clientSecret", "loginUrl"] },
  pureCloudOAuthClient: { required: ["clientId", "clientSecret"] },
  amazonWebServicesARN: { required: ["ARN"] },
};

const eventBridgeProperties = ["awsAccountId", "awsAccountRegion", "eventSourceSuffix", "eventFilter"];

/** What the platform demands of a type's properties (EventBridge: verified by the vendor's module and help page). */
export const checkProperties = (typeId: string, properties: Record<string, unknown>): void => {
  if (typeId !== "amazon-eventbridge-source") return;
  const unknown = Object.keys(properties).filter((name) => !eventBridgeProperties.includes(name));
  if (unknown.length > 0) throw badRequest(`Unknown properties: ${unknown.join(", ")}.`);
  const { awsAccountId, awsAccountRegion, eventSourceSuffix, eventFilter } = properties;
  if (typeof awsAccountId !== "string" || !/^\d{12}$/.test(awsAccountId)) {
    throw invalidValue("awsAccountId", awsAccountId, "12 digits");
  }
  if (typeof awsAccountRegion !== "string" || !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(awsAccountRegion)) {
    throw invalidValue("awsAccountRegion", awsAccountRegion, "an AWS region");
  }
  if (typeof eventSourceSuffix !== "string" || !/^[A-Za-z0-9._-]{1,64}$/.test(eventSourceSuffix)) {
    throw invalidValue("eventSourceSuffix", eventSourceSuffix, "1 to 64 of A-Za-z0-9.-_");
  }
  const isTopic = (topic: unknown) =>
    typeof topic === "string" && /^v2(\.[A-Za-z0-9_]+|\.\{id\})+$/.test(topic);
  if (!Array.isArray(eventFilter) || eventFilter.length === 0 || !eventFilter.every(isTopic)) {
    throw invalidValue("eventFilter", JSON.stringify(eventFilter), "a list of topics");
  }
};
