import type { Server } from "@grpc/grpc-js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import type { Severity } from "../model/events.ts";
import { Empty, engineGrpc, engine as messages } from "../wire/protocol.ts";
import { unary } from "../wire/rpc.ts";

export interface LogEntry {
  severity: Severity;
  message: string;
  urn: string | undefined;
  ephemeral: boolean;
}

const severities: Severity[] = ["debug", "info", "warning", "error"];

/** Serves the Engine service, through which every host logs. */
export const addEngineService = (server: Server, log: (entry: LogEntry) => void): void => {
  let root = "";
  server.addService(engineGrpc.EngineService, {
    log: unary((request: LogRequest) => {
      log({
        severity: severities[request.getSeverity()] ?? "info",
        message: request.getMessage(),
        urn: request.getUrn() || undefined,
        ephemeral: request.getEphemeral(),
      });
      return new Empty();
    }),
    getRootResource: unary(() => new messages.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new messages.SetRootResourceResponse();
    }),
    startDebugging: unary(() => new Empty()),
    requirePulumiVersion: unary(() => new messages.RequirePulumiVersionResponse()),
  });
};
