import type { GatewayRequest, GatewayResponse } from "../aws/api-gateway/rest-apis.ts";
import type { Simulator } from "../http/server.ts";
import { startSimulator } from "../http/server.ts";
import type { Cloud } from "./cloud.ts";

const noApi: GatewayResponse = { status: 403, body: JSON.stringify({ message: "Forbidden" }) };

/** A request of a stage, whose path begins with the API's id: `/API/STAGE/path`. */
export const requestGateway = (
  cloud: Cloud,
  { path, ...request }: GatewayRequest,
): Promise<GatewayResponse> => {
  const [, id = "", ...rest] = path.split("/");
  const region = [...cloud.regions].find(({ apis }) => apis.has(id));
  return region === undefined
    ? Promise.resolve(noApi)
    : region.apis.request(id, { ...request, path: `/${rest.join("/")}` });
};

/** Serves the stages of all REST APIs on loopback, at `/API/STAGE/path`. */
export const serveGateway = (cloud: () => Cloud): Promise<Simulator> =>
  startSimulator({
    routes: {},
    notFound: async ({ method, path, query, headers, text, sourceAddress }) => {
      const { status, body } = await requestGateway(cloud(), {
        method,
        path,
        query,
        headers,
        body: Buffer.from(text),
        sourceAddress,
      });
      return { status, bytes: Buffer.from(body) };
    },
    faultBody: (status) => ({ message: `Injected fault ${status}.` }),
  });
