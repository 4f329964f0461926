/** What `runtime: aws` adds, loaded for it alone: the SDK of AWS takes its time. */
export { Foundation } from "./foundation.ts";
export { LeakAnswer } from "./leak/leak-answer.ts";
export { Rotation } from "./rotation.ts";
