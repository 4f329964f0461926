import type { PropertyMap } from "../../engine/model/property.ts";
import type { SimulatedRequest, SimulatedResponse } from "../http/responder.ts";
import { type Simulator, startSimulator } from "../http/server.ts";
import type { Registry, ResourceCall } from "./registry.ts";

interface Body extends ResourceCall {
  id: string;
  inputs: PropertyMap;
}

const route =
  (run: (body: Body) => unknown) =>
  ({ text }: SimulatedRequest): SimulatedResponse => {
    try {
      return { status: 200, body: { answer: run(JSON.parse(text) as Body) ?? null } };
    } catch (error) {
      // AWS's own words: the operator reads them in the failed step.
      const isNamed = error instanceof Error && !/^Error$/.test(error.name);
      const message = error instanceof Error ? error.message : String(error);
      return { status: 400, body: { message: isNamed ? `${(error as Error).name}: ${message}` : message } };
    }
  };

/** Serves the registry to the deploying process, on loopback. */
export const serveBindings = (registry: Registry): Promise<Simulator> =>
  startSimulator({
    routes: {
      "POST /create": route((body) => registry.create(body, body.inputs)),
      "POST /update": route((body) => registry.update(body, body.id, body.inputs)),
      "POST /read": route((body) => registry.read(body, body.id)),
      "POST /delete": route((body) => registry.delete(body, body.id)),
    },
    notFound: () => ({ status: 404, body: { message: "There is no such call." } }),
    faultBody: (status) => ({ message: `Injected fault ${status}.` }),
  });
