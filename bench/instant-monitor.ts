import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { Empty, engine, engineGrpc, resource, resourceGrpc } from "../engine/wire/protocol.ts";
import { type Served, serve, unary } from "../engine/wire/rpc.ts";

const project = "genesys-credential-guard";

/**
 * The services that a Pulumi program talks to, answering everything at once: no check, no diff, no policy, no state.
 * What the same program costs on top of this is what an engine costs.
 */
export const serveInstantMonitor = (): Promise<Served> =>
  serve((server) => {
    server.addService(
      resourceGrpc.ResourceMonitorService as never,
      {
        supportsFeature: unary(() => {
          const response = new resource.SupportsFeatureResponse();
          response.setHassupport(true);
          return response;
        }),
        registerResource: unary((request: resource.RegisterResourceRequest) => {
          const response = new resource.RegisterResourceResponse();
          response.setUrn(`urn:pulumi:sandbox::${project}::${request.getType()}::${request.getName()}`);
          if (request.getCustom()) response.setId(request.getName());
          response.setObject(request.getObject());
          return response;
        }),
        registerResourceOutputs: unary(() => new Empty()),
        registerStackTransform: unary(() => new Empty()),
        signalAndWaitForShutdown: unary(() => new Empty()),
      } as UntypedServiceImplementation,
    );
    server.addService(
      engineGrpc.EngineService as never,
      {
        log: unary((request: engine.LogRequest) => {
          if (request.getSeverity() === engine.LogSeverity.ERROR) console.error(request.getMessage());
          return new Empty();
        }),
        getRootResource: unary(() => new engine.GetRootResourceResponse()),
        setRootResource: unary(() => new engine.SetRootResourceResponse()),
        requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
      } as UntypedServiceImplementation,
    );
  });
