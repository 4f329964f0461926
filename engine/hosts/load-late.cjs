/*
 * Preloaded into every host. Pulumi's SDK loads npm's dependency resolver, for packing functions, and TypeScript, for
 * reading closures: more than half of what it loads, and most hosts need neither. They are loaded when they are used.
 */
const { Module } = require("node:module");

const load = Module._load;

/** Reads what the module has when somebody asks for it. */
const late = (loadIt) => {
  let loaded;
  const get = (_, name) => {
    loaded ??= loadIt();
    return loaded[name];
  };
  return new Proxy({}, { get });
};

Module._load = (request, ...rest) => {
  const loadIt = () => load.call(Module, request, ...rest);
  if (request === "@npmcli/arborist")
    return {
      Arborist: class {
        constructor(...options) {
          // biome-ignore lint/correctness/noConstructorReturn: stands for the class that it loads.
          return new (loadIt().Arborist)(...options);
        }
      },
    };
  return request.endsWith("/typescript-shim") ? late(loadIt) : load.call(Module, request, ...rest);
};
