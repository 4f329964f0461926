import { type Deployment, manifestMagic, type ResourceState } from "../../../engine/model/deployment.ts";

export const stackUrn = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
export const providerUrn = "urn:pulumi:dev::demo::pulumi:providers:pulumi-nodejs::default";
export const providerReference = `${providerUrn}::5f0e`;
export const clientUrn = (name: string): string =>
  `urn:pulumi:dev::demo::pulumi-nodejs:dynamic/genesys:OauthClient::${name}`;

export const stack = (outputs: ResourceState["outputs"] = {}): ResourceState => ({
  urn: stackUrn,
  custom: false,
  type: "pulumi:pulumi:Stack",
  outputs,
});

export const provider = (): ResourceState => ({
  urn: providerUrn,
  custom: true,
  id: "5f0e",
  type: "pulumi:providers:pulumi-nodejs",
});

export const client = (name: string, more: Partial<ResourceState> = {}): ResourceState => ({
  urn: clientUrn(name),
  custom: true,
  id: `id-of-${name}`,
  type: "pulumi-nodejs:dynamic/genesys:OauthClient",
  inputs: { name, roles: ["sync"] },
  outputs: { name, roles: ["sync"], state: "active" },
  parent: stackUrn,
  provider: providerReference,
  ...more,
});

export const deployment = (...resources: ResourceState[]): Deployment => ({
  manifest: { time: "2026-01-02T03:04:05Z", magic: manifestMagic("v3.200.0"), version: "v3.200.0" },
  resources: [stack(), provider(), ...resources],
});
