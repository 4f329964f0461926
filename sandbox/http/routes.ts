import type { Handler } from "./responder.ts";

interface Route {
  method: string;
  template: string;
  names: string[];
  pattern: RegExp;
  handler: Handler;
}

/** Where a call belongs. */
export interface Match {
  /** Route template, or the path itself where no route matched. */
  template: string;
  /** Undefined where the path cannot be decoded. */
  params: Record<string, string> | undefined;
  /** Undefined where no route matched. */
  handler: Handler | undefined;
}

/** Patterns of templates: the same for every simulator of a platform, and tests start thousands. */
const patterns = new Map<string, Pick<Route, "names" | "pattern">>();

const patternOf = (template: string): Pick<Route, "names" | "pattern"> => {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const source = template.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "([^/]+)");
  const made = { names, pattern: new RegExp(`^${source}$`) };
  patterns.set(template, made);
  return made;
};

const compile = (key: string, handler: Handler): Route => {
  const [method = "", template = ""] = key.split(" ");
  return { method, template, ...patternOf(template), handler };
};

/** Routes that can match a path at all: those of its method with as many parts. */
const shape = (method: string, path: string): string => {
  let parts = 0;
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) parts += 1;
  return `${method} ${parts}`;
};

/** Finds the handler of a call among `METHOD /route/{template}` keys. */
export const createRoutes = (handlers: Readonly<Record<string, Handler>>) => {
  const routes = Object.entries(handlers)
    .map(([key, handler]) => compile(key, handler))
    // `/things/search` goes before `/things/{thingId}`.
    .sort((a, b) => a.names.length - b.names.length);
  const byShape = new Map<string, Route[]>();
  for (const route of routes) {
    const key = shape(route.method, route.template);
    byShape.set(key, [...(byShape.get(key) ?? []), route]);
  }

  const find = (method: string, path: string): Match => {
    for (const route of byShape.get(shape(method, path)) ?? []) {
      const values = route.pattern.exec(path);
      if (values === null) continue;
      return { template: route.template, params: paramsOf(route, values), handler: route.handler };
    }
    return { template: path, params: {}, handler: undefined };
  };

  /** The route of a template that shares no path with another one. */
  const findAlone = (method: string, template: string): Route | undefined => {
    const group = byShape.get(shape(method, template)) ?? [];
    const rivals = group.filter((other) => overlap(template, other.template));
    return rivals.length === 1 && rivals[0]?.template === template ? rivals[0] : undefined;
  };
  // By method, then by template: joining the two would cost more than looking twice.
  const alone = new Map<string, Map<string, Route | undefined>>();

  /** The same for a caller that knows the template; undefined where only the path can tell. */
  const findKnown = (
    method: string,
    template: string,
    values: Readonly<Record<string, string | number>> = {},
  ): Match | undefined => {
    let ofMethod = alone.get(method);
    if (ofMethod === undefined) {
      ofMethod = new Map();
      alone.set(method, ofMethod);
    }
    let route = ofMethod.get(template);
    if (route === undefined && !ofMethod.has(template)) {
      route = findAlone(method, template);
      ofMethod.set(template, route);
    }
    if (route === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const name of route.names) {
      const value = values[name];
      if (value === undefined || value === "") return undefined;
      params[name] = String(value);
    }
    return { template, params, handler: route.handler };
  };

  return { find, findKnown };
};

/** Whether a path can belong to both of two templates with as many parts. */
const overlap = (a: string, b: string): boolean => {
  const others = b.split("/");
  return a.split("/").every((part, index) => {
    const other = others[index] ?? "";
    return part === other || part.startsWith("{") || other.startsWith("{");
  });
};

const paramsOf = ({ names }: Route, values: RegExpExecArray): Record<string, string> | undefined => {
  const params: Record<string, string> = {};
  try {
    for (const [index, name] of names.entries()) params[name] = decodeURIComponent(values[index + 1] ?? "");
  } catch {
    return undefined;
  }
  return params;
};
