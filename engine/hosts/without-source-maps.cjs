// Pulumi's SDK maps every stack trace back to TypeScript, and takes one for each promise: a third of a large program's
// time. Node strips types without moving a line, so a program that it runs as it is needs no maps.
const { Module } = require("node:module");

const load = Module._load;
Module._load = function (request, ...rest) {
  return request === "source-map-support/register" ? {} : load.call(this, request, ...rest);
};
