import * as grpc from "@grpc/grpc-js";

/** Pulumi's own limit for one message. */
const maxMessageBytes = 400 * 1024 * 1024;
const options = {
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
};

/** Answers an RPC; a thrown error is its failure. */
export type Handler<Request, Response> = (request: Request) => Promise<Response> | Response;

export class RpcFailure extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.name = "RpcFailure";
    this.code = code;
  }
}

/** Adapts a handler to gRPC. */
export const unary =
  <Request, Response>(handler: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> =>
  async (call, callback) => {
    try {
      callback(null, await handler(call.request));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      callback({ code: error instanceof RpcFailure ? error.code : grpc.status.UNKNOWN, details: message });
    }
  };

export interface Served {
  /** `127.0.0.1:PORT` */
  address: string;
  close(): Promise<void>;
}

/** Serves the services on a free port of the loopback interface. */
export const serve = async (register: (server: grpc.Server) => void): Promise<Served> => {
  const server = new grpc.Server(options);
  register(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    close: async () => server.forceShutdown(),
  };
};

/** Calls a method of the service that `client` is connected to. */
export const call = <Request, Response>(
  client: grpc.Client,
  method: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = method;
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) =>
      error === null && response !== undefined ? resolve(response) : reject(error),
    );
  });

/** Opens a client to a server on the loopback interface. */
export const connect = (address: string): grpc.Client =>
  new grpc.Client(address, grpc.credentials.createInsecure(), options);

/** What went wrong in the called process, without gRPC's own words. */
export const rpcMessage = (error: unknown): string =>
  error instanceof Error && "details" in error && typeof error.details === "string" && error.details !== ""
    ? error.details
    : error instanceof Error
      ? error.message
      : String(error);
