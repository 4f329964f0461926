/** `npm start`: the whole program against simulators, as a timeline. Exits with 1 if a step did not do what it says. */
import { steps } from "./steps/index.ts";
import { runTimeline } from "./timeline.ts";
import { startDrillWorld } from "./world.ts";

console.log("A Genesys Cloud organisation, GitHub and AWS, simulated on this machine; nothing leaves it.\n");
const world = await startDrillWorld();
try {
  process.exitCode = await runTimeline(world, steps, console.log);
} finally {
  await world.close();
}
