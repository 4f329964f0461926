import { randomBytes } from "node:crypto";
import { issued } from "../secrecy/issued.ts";

export interface Channel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isReadOnly: boolean;
  /** The app is in it. */
  isMember: boolean;
}

export interface User {
  readonly id: string;
  name: string;
  email: string;
  /** Has left the workspace. */
  isDeactivated: boolean;
  isBot: boolean;
}

export interface Message {
  /** Of the channel, or of the direct conversation. */
  channel: string;
  /** Of a direct message: the user. */
  user?: string;
  ts: string;
  threadTs?: string;
  text: string;
  blocks: readonly unknown[];
  /** Milliseconds since 1970. */
  at: number;
}

export interface Token {
  scopes: readonly string[];
  state: "active" | "revoked" | "accountInactive";
}

const newId = (letter: string): string => letter + randomBytes(5).toString("hex").toUpperCase();

/** A workspace with one app, and what people do in it by clicking. */
export class SlackWorld {
  readonly now: () => number;
  readonly messages: Message[] = [];
  readonly #channels: Channel[] = [];
  readonly #users: User[] = [];
  readonly #tokens = new Map<string, Token>();
  readonly #conversations = new Map<string, string>();
  #refusals: { error: string; times: number }[] = [];
  #lastTs = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  addChannel(name: string, given: Partial<Omit<Channel, "name">> = {}): Channel {
    const channel: Channel = {
      id: newId("C"),
      name,
      isPrivate: false,
      isArchived: false,
      isReadOnly: false,
      isMember: true,
      ...given,
    };
    this.#channels.push(channel);
    return channel;
  }

  addUser(name: string, email: string, given: Partial<Omit<User, "name" | "email">> = {}): User {
    const user: User = { id: newId("U"), name, email, isDeactivated: false, isBot: false, ...given };
    this.#users.push(user);
    return user;
  }

  issueToken(scopes: readonly string[] = ["chat:write", "users:read", "users:read.email"]): string {
    const token = issued(`xoxb-${randomBytes(24).toString("hex")}`);
    this.#tokens.set(token, { scopes, state: "active" });
    return token;
  }

  setToken(token: string, state: Token["state"]): void {
    const known = this.#tokens.get(token);
    if (known === undefined) throw new Error("The sandbox has no such token.");
    known.state = state;
  }

  token(token: string): Token | undefined {
    return this.#tokens.get(token);
  }

  /** The next calls are refused with HTTP 200 and this code. */
  refuse(error: string, times = 1): void {
    this.#refusals.push({ error, times });
  }

  nextRefusal(): string | undefined {
    const [first] = this.#refusals;
    if (first === undefined) return undefined;
    first.times -= 1;
    if (first.times <= 0) this.#refusals = this.#refusals.slice(1);
    return first.error;
  }

  /** By id, or by name with or without `#`. */
  channel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, "");
    return this.#channels.find((channel) => channel.id === idOrName || channel.name === name);
  }

  user(id: string): User | undefined {
    return this.#users.find((user) => user.id === id);
  }

  /** Those who have left are not found. */
  userByEmail(email: string): User | undefined {
    const wanted = email.toLowerCase();
    return this.#users.find((user) => user.email.toLowerCase() === wanted && !user.isDeactivated);
  }

  /** The conversation with a user, opened when it is first needed. */
  conversation(user: User): string {
    const known = this.#conversations.get(user.id) ?? newId("D");
    this.#conversations.set(user.id, known);
    return known;
  }

  post(message: Omit<Message, "ts" | "at">): Message {
    const at = this.now();
    // Microseconds: two messages of one moment still have two timestamps.
    this.#lastTs = Math.max(this.#lastTs + 1, at * 1000);
    const ts = `${Math.floor(this.#lastTs / 1_000_000)}.${String(this.#lastTs % 1_000_000).padStart(6, "0")}`;
    const posted = { ...message, ts, at };
    this.messages.push(posted);
    return posted;
  }

  /** What a channel (by id or name) or a user (by id) has been told. */
  messagesTo(whom: string): Message[] {
    const channel = this.channel(whom)?.id;
    return this.messages.filter((message) => message.channel === channel || message.user === whom);
  }
}
