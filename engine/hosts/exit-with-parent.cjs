/*
 * Preloaded into every host. A host that serves gRPC would outlive an engine that was killed, because nothing
 * closes its server: it looks for its parent once a second and leaves when that has gone.
 */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
