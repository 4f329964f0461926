import type { AnalyzeRequest, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { ResourceState } from "../model/deployment.ts";
import type { PropertyMap } from "../model/property.ts";
import { analyzer as messages } from "../wire/protocol.ts";
import { toStruct } from "../wire/struct.ts";
import { isProviderType, parseProviderReference, urnName } from "../wire/urn.ts";

/** Provider resources by URN, filled from the requests as they come: a provider is judged before its resources. */
export type Providers = Map<string, ResourceState>;

const withoutInternals = (properties: PropertyMap = {}): PropertyMap =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));

const options = (state: ResourceState, ignoreChanges: string[]) => {
  const { create = 0, update = 0, delete: remove = 0 } = state.customTimeouts ?? {};
  const timeouts = new messages.AnalyzerResourceOptions.CustomTimeouts()
    .setCreate(create)
    .setUpdate(update)
    .setDelete(remove);
  return new messages.AnalyzerResourceOptions()
    .setProtect(state.protect === true)
    .setIgnorechangesList(ignoreChanges)
    .setAdditionalsecretoutputsList(state.additionalSecretOutputs ?? [])
    .setCustomtimeouts(timeouts)
    .setParent(state.parent ?? "");
};

const providerOf = (state: ResourceState, providers: Providers) => {
  if (isProviderType(state.type)) providers.set(state.urn, state);
  const provider = providers.get(parseProviderReference(state.provider ?? "").urn);
  if (provider === undefined) return undefined;
  return new messages.AnalyzerProviderResource()
    .setType(provider.type)
    .setUrn(provider.urn)
    .setName(urnName(provider.urn))
    .setProperties(toStruct(withoutInternals(provider.inputs)));
};

/** A resource before its step: the checked inputs, without what is the engine's own business. */
export const analyzeRequest = (
  state: ResourceState,
  ignoreChanges: string[],
  providers: Providers,
): AnalyzeRequest =>
  new messages.AnalyzeRequest()
    .setType(state.type)
    .setUrn(state.urn)
    .setName(urnName(state.urn))
    .setProperties(toStruct(withoutInternals(state.inputs)))
    .setOptions(options(state, ignoreChanges))
    .setProvider(providerOf(state, providers));

/** All resources after their steps, with their outputs. */
export const analyzeStackRequest = (states: ResourceState[], providers: Providers): AnalyzeStackRequest =>
  new messages.AnalyzeStackRequest().setResourcesList(
    states.map((state) => {
      const resource = new messages.AnalyzerResource()
        .setType(state.type)
        .setUrn(state.urn)
        .setName(urnName(state.urn))
        .setProperties(toStruct(withoutInternals(state.outputs)))
        .setOptions(options(state, []))
        .setProvider(providerOf(state, providers))
        .setParent(state.parent ?? "")
        .setDependenciesList(state.dependencies ?? []);
      for (const [key, urns] of Object.entries(state.propertyDependencies ?? {}))
        resource
          .getPropertydependenciesMap()
          .set(key, new messages.AnalyzerPropertyDependencies().setUrnsList(urns ?? []));
      return resource;
    }),
  );
