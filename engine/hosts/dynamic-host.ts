import { type Client, status } from "@grpc/grpc-js";
import type { PropertyMap } from "../model/property.ts";
import { provider as messages, providerGrpc } from "../wire/protocol.ts";
import { call, connect, rpcMessage } from "../wire/rpc.ts";
import { fromStruct, toStruct } from "../wire/struct.ts";
import { urnName, urnType } from "../wire/urn.ts";
import { annotateSecrets, mapWithoutSecrets } from "../wire/values.ts";
import { initFailure } from "./init-failure.ts";
import { findSdkScript } from "./process.ts";
import { InitFailed, type ResourceHost } from "./resource-host.ts";
import { type ServerHost, startServer } from "./server.ts";

export interface DynamicHostOptions {
  /** The program's folder: where its node_modules are found from. */
  programDirectory: string;
  /** Address of the Engine service. */
  engineAddress: string;
  environment: Readonly<Record<string, string | undefined>>;
  onStdout: (text: string) => void;
  onStderr: (text: string) => void;
}

/** The running host of dynamic providers. */
export interface DynamicHost extends ResourceHost {
  stop(): Promise<void>;
}

/** Starts the host of dynamic providers of Pulumi's SDK, which then has to be configured. */
export const launchDynamicHost = (options: DynamicHostOptions): Promise<ServerHost> =>
  startServer({
    what: "The host of dynamic providers",
    script: findSdkScript(options.programDirectory, "dynamic-provider"),
    args: [options.engineAddress],
    cwd: options.programDirectory,
    environment: options.environment,
    onStdout: options.onStdout,
    onStderr: options.onStderr,
  });

/**
 * Makes a launched host ready for the resources of one provider. It does not know secrets and does not plan creates
 * and updates: it gets plain values, and what it answers is marked again here.
 *
 * @param config the provider resource's inputs: the whole configuration of the stack, secrets in wire form
 */
export const configureDynamicHost = async (server: ServerHost, config: PropertyMap): Promise<DynamicHost> => {
  const client = connect(server.address);
  await call(
    client,
    service.configure,
    new messages.ConfigureRequest()
      .setArgs(toStruct(config))
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSendsOldInputs(true)
      .setSendsOldInputsToDelete(true),
  );
  return new RunningDynamicHost(server, client);
};

const service = providerGrpc.ResourceProviderService;

const plain = (properties: PropertyMap) => toStruct(mapWithoutSecrets(properties));

/** The text of the provider, which is an input of each of its resources. */
const providerText = ({ __provider: text }: PropertyMap): PropertyMap =>
  text === undefined ? {} : { __provider: text };

class RunningDynamicHost implements DynamicHost {
  readonly plansOnly = false;
  readonly previews = false;
  readonly #server: ServerHost;
  readonly #client: Client;
  #ended = false;

  constructor(server: ServerHost, client: Client) {
    this.#server = server;
    this.#client = client;
    void server.exited.then(() => {
      this.#ended = true;
    });
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }

  check: ResourceHost["check"] = async ({ urn, olds, news }) => {
    const request = new messages.CheckRequest()
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setOlds(plain(olds))
      .setNews(plain(news));
    const answer = await this.#attempt(() => call(this.#client, service.check, request));
    const failures = answer
      .getFailuresList()
      .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
    return { inputs: annotateSecrets(fromStruct(answer.getInputs()), news), failures };
  };

  diff: ResourceHost["diff"] = async ({ urn, id, oldOutputs, newInputs, ignoreChanges }) => {
    // The host compares with the old outputs alone, and ignores old inputs.
    const request = new messages.DiffRequest()
      .setId(id)
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setOlds(plain(oldOutputs))
      .setNews(plain(newInputs))
      .setIgnorechangesList(ignoreChanges);
    const answer = await this.#attempt(() => call(this.#client, service.diff, request));
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const changes = answer.getChanges();
    return {
      changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
      replaceKeys: answer.getReplacesList(),
      changedKeys: answer.getDiffsList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  };

  create: ResourceHost["create"] = async ({ urn, inputs }) => {
    const request = new messages.CreateRequest()
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setProperties(plain(inputs));
    const answer = await this.#attempt(() => call(this.#client, service.create, request), inputs);
    const id = answer.getId();
    if (id === "") throw new Error(`the provider returned no id from create of ${urn}`);
    return { id, outputs: annotateSecrets(fromStruct(answer.getProperties()), inputs) };
  };

  update: ResourceHost["update"] = async ({ urn, id, oldInputs, oldOutputs, newInputs, ignoreChanges }) => {
    const request = new messages.UpdateRequest()
      .setId(id)
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setOldInputs(plain(oldInputs))
      .setOlds(plain(oldOutputs))
      .setNews(plain(newInputs))
      .setIgnorechangesList(ignoreChanges);
    const answer = await this.#attempt(() => call(this.#client, service.update, request), newInputs);
    return { outputs: annotateSecrets(fromStruct(answer.getProperties()), newInputs) };
  };

  read: ResourceHost["read"] = async ({ urn, id, inputs, outputs }) => {
    const request = new messages.ReadRequest()
      .setId(id)
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setInputs(plain(inputs))
      .setProperties(plain(outputs));
    const marked = (now: PropertyMap) => annotateSecrets(now, outputs);
    try {
      const answer = await this.#attempt(() => call(this.#client, service.read, request));
      if (answer.getId() === "") return undefined;
      const now = answer.getInputs();
      return {
        id: answer.getId(),
        outputs: marked(fromStruct(answer.getProperties())),
        ...(now !== undefined && { inputs: annotateSecrets(fromStruct(now), inputs) }),
        initErrors: [],
      };
    } catch (error) {
      if (!(error instanceof InitFailed)) throw error;
      return { id: error.id, outputs: marked(error.outputs), initErrors: error.reasons };
    }
  };

  delete: ResourceHost["delete"] = async ({ urn, id, inputs, outputs }) => {
    const request = new messages.DeleteRequest()
      .setId(id)
      .setUrn(urn)
      .setName(urnName(urn))
      .setType(urnType(urn))
      .setOldInputs(plain(inputs))
      .setProperties(plain(outputs));
    await this.#attempt(() => call(this.#client, service.delete, request));
  };

  async #attempt<Answer>(rpc: () => Promise<Answer>, inputs: PropertyMap = {}): Promise<Answer> {
    try {
      return await rpc();
    } catch (error) {
      const partial = initFailure(error);
      if (partial !== undefined) {
        const { id, reasons } = partial;
        // In this one answer the host leaves the provider out, without which nothing could be read or deleted.
        const outputs = { ...providerText(inputs), ...partial.outputs };
        throw new InitFailed(id, annotateSecrets(outputs, inputs), partial.inputs, reasons);
      }
      const gone = error instanceof Error && "code" in error && error.code === status.UNAVAILABLE;
      if (gone || this.#ended) {
        throw new Error(
          "the host of dynamic providers ended in the middle of this call; what it printed is above",
        );
      }
      throw new Error(rpcMessage(error));
    }
  }
}
