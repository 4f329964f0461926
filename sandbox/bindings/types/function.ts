import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LeakDeclarations } from "../../../core/leak/declarations.ts";
import { isMap, type PropertyMap } from "../../../engine/model/property.ts";
import { parseDeclarations } from "../../../functions/rotator/declarations.ts";
import type { BoundType, Surroundings } from "../bound-type.ts";
import { functionPorts } from "../function-ports.ts";
import { catalogName, type DeployedFiles, handlers } from "../handlers.ts";
import { map, optionalNumber, optionalText, text, texts } from "../inputs.ts";
import { nameOf } from "../names.ts";

/** Where the program runs: what the paths of its files start from. */
const programDirectory = join(import.meta.dirname, "../../../infra");

/** The content of a file beside the bundle, as JSON. */
const fileIn = (code: PropertyMap, name: string): unknown => {
  const file = map(code.assets)[name];
  if (!isMap(file)) return undefined;
  const content =
    typeof file.path === "string"
      ? readFileSync(join(programDirectory, file.path), "utf8")
      : text(file, "text");
  return JSON.parse(content);
};

const filesIn = (code: PropertyMap): DeployedFiles => {
  const declarations = fileIn(code, "declarations.json");
  if (declarations === undefined)
    throw new Error("InvalidParameterValueException: the code has no declarations.json.");
  return {
    declarations: parseDeclarations(declarations),
    leak: fileIn(code, "leak.json") as LeakDeclarations | undefined,
  };
};

const deploy = (inputs: PropertyMap, name: string, arn: string, { cloud, region }: Surroundings): void => {
  const roleArn = text(inputs, "role");
  const role = cloud.roles.get(roleArn);
  if (role?.trusts.has("lambda.amazonaws.com") !== true)
    throw new Error(
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    );
  const catalog = catalogName(text(inputs, "handler"), name);
  const create = catalog === undefined ? undefined : handlers[catalog];
  if (create === undefined)
    throw new Error(
      `InvalidParameterValueException: the sandbox hosts no function ${text(inputs, "handler")}.`,
    );
  const files = filesIn(map(inputs.code));
  const permissions = region.functions.get(arn)?.permissions ?? new Map();
  const environment = texts(map(inputs.environment).variables);
  const deployed = { arn, name, roleArn, environment, permissions };
  region.functions.set(arn, deployed);
  const reserved = optionalNumber(inputs, "reservedConcurrentExecutions") ?? -1;
  region.lambda.deploy({
    name,
    arn,
    timeoutSeconds: optionalNumber(inputs, "timeout") ?? 3,
    reservedConcurrency: reserved < 0 ? 1000 : reserved,
    start: (process) =>
      create(
        functionPorts(process, {
          region,
          role,
          deployed,
          isInHurry: catalog === "revoke",
          connect: cloud.connect,
          services: cloud.services,
          mishaps: cloud.mishaps,
          log: cloud.log,
          metrics: cloud.measurements.port(region.clock.now, environment.METRIC_NAMESPACE ?? ""),
        }),
        files,
      ),
  });
};

/**
 * aws:lambda/function:Function, hosted on the virtual clock: the handler is the one that its bundle is made from, its
 * rights are its role's policies, its environment and declarations.json are what was deployed; its id is its name.
 * https://www.pulumi.com/registry/packages/aws/api-docs/lambda/function/
 */
export const lambdaFunction: BoundType = {
  create: (inputs, surroundings) => {
    const { region, logicalName } = surroundings;
    const name = nameOf(inputs, logicalName);
    const arn = region.arn("lambda", `function:${name}`);
    if (region.functions.has(arn))
      throw new Error(`ResourceConflictException: Function already exist: ${name}`);
    deploy(inputs, name, arn, surroundings);
    const { region: place } = region.place;
    return {
      id: name,
      outputs: {
        arn,
        name,
        invokeArn: `arn:aws:apigateway:${place}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        qualifiedArn: `${arn}:$LATEST`,
        version: "$LATEST",
        lastModified: new Date(region.clock.now()).toISOString(),
        codeSha256: optionalText(map(inputs.code), "hash") ?? "",
      },
    };
  },
  update: ({ id, outputs }, inputs, surroundings) => {
    deploy(inputs, id, String(outputs.arn), surroundings);
    return {
      lastModified: new Date(surroundings.region.clock.now()).toISOString(),
      codeSha256: optionalText(map(inputs.code), "hash") ?? "",
    };
  },
  read: ({ outputs }, { region }) => (region.functions.has(String(outputs.arn)) ? outputs : undefined),
  delete: ({ id, outputs }, { region }) => {
    const arn = String(outputs.arn);
    region.functions.delete(arn);
    // What still calls it is told so.
    region.lambda.deploy({
      name: id,
      arn,
      timeoutSeconds: 1,
      reservedConcurrency: 1000,
      start: () => async () => {
        throw new Error(`ResourceNotFoundException: Function not found: ${arn}`);
      },
    });
  },
};
