import type { BoundType } from "../bound-type.ts";
import { text } from "../inputs.ts";
import { hexadecimal, nameOf } from "../names.ts";

/**
 * aws:apigateway/restApi:RestApi made from an OpenAPI document.
 * https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/restapi/
 */
export const restApi: BoundType = {
  create: (inputs, { region, logicalName }) => {
    const id = hexadecimal(10);
    region.apis.create(id, text(inputs, "body"));
    return {
      id,
      outputs: {
        arn: `arn:aws:apigateway:${region.place.region}::/restapis/${id}`,
        executionArn: region.executionArn(id),
        name: nameOf(inputs, logicalName),
        rootResourceId: hexadecimal(10),
        createdDate: new Date(region.clock.now()).toISOString(),
      },
    };
  },
  update: ({ id }, inputs, { region }) => {
    region.apis.change(id, text(inputs, "body"));
    return {};
  },
  read: ({ id, outputs }, { region }) => (region.apis.has(id) ? outputs : undefined),
  delete: ({ id }, { region }) => region.apis.delete(id),
};

/** aws:apigateway/deployment:Deployment: the API as it was. https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/ */
export const deployment: BoundType = {
  create: (inputs, { region }) => ({
    id: region.apis.deploy(text(inputs, "restApi")),
    outputs: { createdDate: new Date(region.clock.now()).toISOString() },
  }),
  delete: ({ id, inputs }, { region }) => region.apis.removeDeployment(text(inputs, "restApi"), id),
};

/**
 * aws:apigateway/stage:Stage, which is reached at `invokeUrl`; its id is `ags-API-STAGE`.
 * https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/stage/
 */
export const stage: BoundType = {
  create: (inputs, { cloud, region }) => {
    const [api, name] = [text(inputs, "restApi"), text(inputs, "stageName")];
    if (region.apis.hasStage(api, name)) throw new Error("ConflictException: Stage already exists");
    region.apis.setStage(api, name, text(inputs, "deployment"));
    return {
      id: `ags-${api}-${name}`,
      outputs: {
        arn: `arn:aws:apigateway:${region.place.region}::/restapis/${api}/stages/${name}`,
        executionArn: `${region.executionArn(api)}/${name}`,
        invokeUrl: `${cloud.gatewayUrl}/${api}/${name}`,
      },
    };
  },
  update: (_existing, inputs, { region }) => {
    region.apis.setStage(text(inputs, "restApi"), text(inputs, "stageName"), text(inputs, "deployment"));
    return {};
  },
  read: ({ inputs, outputs }, { region }) =>
    region.apis.hasStage(text(inputs, "restApi"), text(inputs, "stageName")) ? outputs : undefined,
  delete: ({ inputs }, { region }) =>
    region.apis.removeStage(text(inputs, "restApi"), text(inputs, "stageName")),
};
