import { type Attribute, atLeastOne, classes, enumerations, objects, type Shape } from "./schema.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** 2000 to 2100 in milliseconds: seconds or microseconds are not taken for them. */
const isTimestamp = (value: unknown): boolean =>
  Number.isSafeInteger(value) && Number(value) > 946_684_800_000 && Number(value) < 4_102_444_800_000;

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string" && value !== "",
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === "boolean",
  timestamp: isTimestamp,
  json: (value) => value !== undefined,
};

const other = 99;

class Check {
  readonly problems: string[] = [];
  readonly #profiles: readonly unknown[];

  constructor(profiles: readonly unknown[]) {
    this.#profiles = profiles;
  }

  fields(path: string, object: string, shape: Shape, value: Fields): void {
    for (const [name, { isRequired }] of Object.entries(shape))
      if (isRequired && value[name] === undefined) this.problems.push(`${path}${name} is required`);
    const alternatives = atLeastOne[object] ?? [];
    if (alternatives.length > 0 && alternatives.every((name) => value[name] === undefined))
      this.problems.push(`${path} needs one of ${alternatives.join(", ")}`);
    for (const [name, content] of Object.entries(value)) {
      const attribute = shape[name];
      if (attribute === undefined) this.problems.push(`${path}${name} is no attribute of ${object}`);
      else this.#attribute(`${path}${name}`, object, name, attribute, content);
    }
    this.#enumerations(path, object, value);
  }

  #attribute(path: string, object: string, name: string, attribute: Attribute, content: unknown): void {
    const { profile, isArray, type } = attribute;
    if (profile !== undefined && !this.#profiles.includes(profile))
      this.problems.push(`${path} is of the profile ${profile}, which metadata.profiles does not name`);
    if (!isArray) this.#value(path, type, content);
    else if (!Array.isArray(content)) this.problems.push(`${path} is not an array`);
    else for (const [index, each] of content.entries()) this.#value(`${path}[${index}]`, type, each);
    const values = enumerations[`${object}.${name}`] ?? enumerations[name];
    const known = (each: number) => each === other || (each >= 0 && each < (values?.length ?? 0));
    if (values !== undefined && typeof content === "number" && !known(content))
      this.problems.push(`${path} is ${content}, which the schema does not have`);
  }

  #value(path: string, type: string, content: unknown): void {
    const primitive = primitives[type];
    if (primitive !== undefined) {
      if (!primitive(content)) this.problems.push(`${path} is no ${type}`);
      return;
    }
    const shape = objects[type];
    if (shape === undefined) this.problems.push(`${path} cannot be judged here`);
    else if (isFields(content)) this.fields(`${path}.`, type, shape, content);
    else this.problems.push(`${path} is no object`);
  }

  /** `severity` is the caption of `severity_id`, and so with every such pair. */
  #enumerations(path: string, object: string, value: Fields): void {
    for (const [name, id] of Object.entries(value)) {
      if (!name.endsWith("_id") || typeof id !== "number" || id === other) continue;
      const sibling = name === "activity_id" ? "activity_name" : name.slice(0, -"_id".length);
      const caption = (enumerations[`${object}.${name}`] ?? enumerations[name])?.[id];
      const said = value[sibling];
      if (caption !== undefined && said !== undefined && said !== caption)
        this.problems.push(`${path}${sibling} is not "${caption}", as ${name} ${id} is called`);
    }
  }
}

/** What is wrong with an event by the schema; empty where it is an event of a class that is written down here. */
export const violations = (event: unknown): string[] => {
  if (!isFields(event)) return ["the event is no object"];
  const found = classes[Number(event.class_uid)];
  if (found === undefined) return [`class_uid ${String(event.class_uid)} is none that can be judged here`];
  const { metadata } = event;
  const profiles = isFields(metadata) && Array.isArray(metadata.profiles) ? metadata.profiles : [];
  const check = new Check(profiles);
  check.fields("", found.name, found.shape, event);
  if (event.category_uid !== found.category) check.problems.push(`category_uid is not ${found.category}`);
  if (event.type_uid !== Number(event.class_uid) * 100 + Number(event.activity_id))
    check.problems.push("type_uid is not class_uid * 100 + activity_id");
  if (isFields(metadata) && metadata.version !== "1.6.0")
    check.problems.push(`metadata.version is ${String(metadata.version)}, and this schema is 1.6.0`);
  return check.problems;
};
