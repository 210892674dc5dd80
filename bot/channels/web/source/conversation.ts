// The conversation as this page knows it: entries each once and in order, what waits to be sent, and how the line is.
// All tabs of a site share it through the storage; all widgets of a page share one object.
import { Door, Refusal, type Reason } from "./door";
import type { Button, Entry, Info, Language } from "./entry";
import { Memory, type Remembered, type Unsent } from "./memory";
import { readEvents } from "./stream";

export type Line = "idle" | "open" | "broken";
/** Why the outbox stands still; `until` is when it goes on by itself, in ms. */
export interface Stop { reason: Reason; until: number | null }

export interface State extends Remembered {
  entries: readonly Entry[];
  sending: boolean;
  stop: Stop | null;
  line: Line;
  info: Info | null;
  infoFailed: boolean;
  /** What became of an earlier conversation that this page still shows or showed. */
  ended: "expired" | "deleted" | null;
  /** Entries that came while this page was looking, not from a restore: those are read out. */
  fresh: ReadonlySet<number>;
  restored: boolean;
}

const SILENCE_MS = 40_000; // the server says something every 15 s
const CONNECT_MS = 15_000;
const HIDDEN_MS = 30_000;
const POLL_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;
const STREAMS_TRIED = 4;

type Heard = (entries: Entry[]) => void;

export class Conversation {
  readonly door: Door;
  private readonly memory: Memory;
  private readonly watchers = new Set<() => void>();
  private readonly hearers = new Set<Heard>();
  private now: State;
  private stream: AbortController | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private flushing = false;

  constructor(base: string) {
    this.door = new Door(base);
    this.memory = new Memory(base, () => this.remembered());
    this.now = {
      ...this.memory.read(), entries: [], sending: false, stop: null, line: "idle", info: null, infoFailed: false,
      ended: null, fresh: new Set(), restored: false,
    };
    addEventListener("online", () => this.wake());
    addEventListener("pageshow", () => this.wake());
    document.addEventListener("visibilitychange", () => this.visible());
    void this.learn();
    if (this.now.session) void this.restore();
    if (this.now.outbox.length) void this.flush();
  }

  get state(): State {
    return this.now;
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Calls `heard` with what the bot or an adviser says from now on. */
  hear(heard: Heard): () => void {
    this.hearers.add(heard);
    return () => this.hearers.delete(heard);
  }

  send(text: string, title: string, language: Language | null, jurisdiction: string | null): void {
    const item: Unsent = { id: newId(), text, title, at: Date.now() / 1000, language, jurisdiction };
    this.remember({ outbox: [...this.memory.read().outbox, item] });
    if (this.now.stop?.until === null && this.now.stop.reason === "network") this.set({ stop: null });
    void this.flush();
  }

  /** Tries again at once, in a new conversation where the old one has ended. */
  retry(): void {
    if (this.now.stop?.reason === "session_expired") this.remember({ session: null });
    this.set({ stop: null });
    void this.flush();
  }

  /** Takes a message back that is not sent; its words. */
  takeBack(id: string): string {
    const item = this.now.outbox.find((each) => each.id === id);
    this.remember({ outbox: this.memory.read().outbox.filter((each) => each.id !== id) });
    this.set({ stop: null });
    void this.flush();
    return item && item.text === item.title ? item.text : "";
  }

  choose(values: Partial<Pick<Remembered, "language" | "jurisdiction" | "simple" | "ticks">>): void {
    this.remember(values);
  }

  startOver(): void {
    this.leave(null);
  }

  async forget(): Promise<void> {
    const session = this.now.session;
    if (session) {
      try {
        await this.door.forget(session);
      } catch (error) {
        if ((error as Refusal).reason !== "session_expired") throw error;
      }
    }
    this.leave("deleted");
  }

  async learn(): Promise<void> {
    try {
      this.set({ info: await this.door.info(), infoFailed: false });
    } catch {
      this.set({ infoFailed: true });
    }
  }

  private leave(ended: State["ended"]): void {
    this.hangUp();
    this.remember({ session: null, outbox: [], ticks: [] });
    this.set({ entries: [], fresh: new Set(), stop: null, ended, restored: true });
  }

  private set(values: Partial<State>): void {
    this.now = { ...this.now, ...values };
    for (const watcher of [...this.watchers]) watcher();
  }

  private remember(values: Partial<Remembered>): void {
    this.set(this.memory.change(values));
  }

  /** Another tab has changed what is remembered. */
  private remembered(): void {
    const before = this.now.session, given = this.memory.read();
    this.set(given);
    if (given.session === before) return;
    this.hangUp();
    if (!given.session || before) this.set({ entries: [], fresh: new Set(), stop: null, ended: given.session ? null : "deleted" });
    if (given.session) void this.restore();
  }

  private add(given: Entry[], live: boolean): void {
    const known = new Set(this.now.entries.map((entry) => entry.number));
    const added = given.filter((entry) => !known.has(entry.number) && known.add(entry.number));
    if (!added.length) return;
    const entries = [...this.now.entries, ...added].sort((one, other) => one.number - other.number);
    this.settle(entries);
    const heard = added.filter((entry) => entry.said_by !== "person");
    const fresh = live ? new Set([...this.now.fresh, ...heard.map((entry) => entry.number)]) : this.now.fresh;
    this.set({ entries, fresh });
    if (live && heard.length) for (const hearer of [...this.hearers]) hearer(heard);
  }

  /** What is answered leaves the outbox, whichever way the answer came. */
  private settle(entries: Entry[]): void {
    const answered = new Set(entries.map((entry) => entry.answers));
    const keys = new Set(entries.filter((entry) => answered.has(entry.number)).map((entry) => entry.key));
    const outbox = this.memory.read().outbox;
    if (outbox.some((item) => keys.has(item.id))) this.remember({ outbox: outbox.filter((item) => !keys.has(item.id)) });
  }

  private get last(): number {
    return this.now.entries.at(-1)?.number ?? 0;
  }

  private async restore(): Promise<void> {
    const session = this.now.session;
    if (!session) return;
    try {
      const entries = await this.door.entries(session, 0);
      if (this.now.session !== session) return;
      this.add(entries, false);
      this.set({ restored: true, ended: null });
      this.listen();
    } catch (error) {
      if (this.now.session !== session) return;
      if ((error as Refusal).reason === "session_expired") this.expired();
      else this.later(() => void this.restore());
    }
  }

  private expired(): void {
    this.hangUp();
    this.remember({ session: null });
    this.set({ ended: "expired", restored: true, stop: null });
  }

  // Sending: one message at a time, in order, each under its own id until it is answered.

  private async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    try {
      await oneTab(async () => {
        for (let item = this.memory.read().outbox[0]; item && !this.now.stop; item = this.memory.read().outbox[0]) {
          await this.deliver(item);
        }
      });
    } finally {
      this.flushing = false;
      this.set({ sending: false });
    }
  }

  private async deliver(item: Unsent): Promise<void> {
    this.set({ ...this.memory.read(), sending: true });
    const { session } = this.now;
    try {
      if (!this.now.info) await this.learn();
      if (this.now.info?.allowed === false) throw new Refusal("origin_not_allowed");
      const shown = item.title === item.text ? {} : { shown: item.title.slice(0, 200) };
      const out = { id: item.id, message: item.text, ...shown, language: item.language, jurisdiction: item.jurisdiction };
      const answer = await this.door.say(session, out);
      if (this.now.session !== session) return; // left or deleted in the meantime
      if (answer.session !== session) this.remember({ session: answer.session });
      if (answer.failed) throw new Refusal("unavailable", 5);
      this.failures = 0;
      const own: Entry[] = answer.number === null || answer.number === undefined ? [] : [
        { number: answer.number, key: item.id, said_by: "person", answers: null, at: item.at, text: item.title, buttons: [], custom: null },
      ];
      this.add([...own, ...answer.messages], true);
      this.remember({ outbox: this.memory.read().outbox.filter((each) => each.id !== item.id) });
      if (this.now.ended || !this.now.restored) this.set({ ended: null, restored: true });
      this.listen();
    } catch (error) {
      this.halt(error instanceof Refusal ? error : new Refusal("network"));
    }
  }

  private halt(refusal: Refusal): void {
    const { reason } = refusal;
    if (reason === "session_expired") {
      this.hangUp();
      this.set({ stop: { reason, until: null }, ended: "expired" });
      this.remember({ session: null });
      return;
    }
    const again = reason === "network" || reason === "unavailable" || reason === "too_fast";
    if (!again) {
      this.set({ stop: { reason, until: null } });
      return;
    }
    const waitMs = Math.max(refusal.waitS * 1000, this.backOff());
    this.set({ stop: { reason, until: Date.now() + waitMs } });
    setTimeout(() => {
      if (this.now.stop?.reason !== reason) return;
      this.set({ stop: null });
      void this.flush();
    }, waitMs);
  }

  /** Doubles with every failure, with jitter, so that a crowd does not come back in one moment. */
  private backOff(): number {
    this.failures += 1;
    return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(this.failures - 1, 6)) * (0.75 + Math.random() / 2);
  }

  // Listening: a stream while somebody looks, asked for in turns where streams are blocked.

  private listen(): void {
    if (this.stream || !this.now.session || document.hidden) return;
    clearTimeout(this.timer);
    const abort = new AbortController();
    this.stream = abort;
    void this.follow(this.now.session, abort);
  }

  private async follow(session: string, abort: AbortController): Promise<void> {
    let silence: ReturnType<typeof setTimeout> | undefined, worked = false;
    let gone = null as State["ended"];
    const alive = (withinMs: number = SILENCE_MS): void => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), withinMs);
    };
    try {
      alive(CONNECT_MS);
      const body = await this.door.events(session, this.last, abort.signal);
      alive();
      worked = true;
      this.failures = 0;
      this.set({ line: "open" });
      await readEvents(body, (event) => {
        if (this.stream !== abort) return;
        if (event.event === "entry") this.add([JSON.parse(event.data) as Entry], true);
        if (event.event === "gone") gone = "deleted";
      }, () => alive());
    } catch (error) {
      if (error instanceof Refusal && error.reason === "session_expired") gone = "expired";
    }
    clearTimeout(silence);
    if (this.stream !== abort) return;
    this.stream = null;
    if (gone) {
      this.expired();
      if (gone === "deleted") this.set({ entries: [], fresh: new Set(), ended: "deleted" });
      return;
    }
    this.set({ line: "broken" });
    if (!worked && this.failures >= STREAMS_TRIED) this.later(() => void this.poll(), POLL_MS);
    else this.later(() => this.listen());
  }

  private async poll(): Promise<void> {
    const session = this.now.session;
    if (!session || document.hidden) return;
    try {
      this.add(await this.door.entries(session, this.last), true);
      this.set({ line: "open" });
      this.later(() => void this.poll(), POLL_MS);
    } catch (error) {
      if ((error as Refusal).reason === "session_expired") this.expired();
      else this.later(() => this.listen());
    }
  }

  private later(what: () => void, ms: number = this.backOff()): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(what, ms);
  }

  private hangUp(): void {
    clearTimeout(this.timer);
    const stream = this.stream;
    this.stream = null;
    stream?.abort();
    this.set({ line: "idle" });
  }

  /** The net is back, or the page: everything that waits goes on now. */
  private wake(): void {
    this.failures = 0;
    if (!this.now.info) void this.learn();
    if (this.now.stop && this.now.stop.until !== null && this.now.stop.reason !== "too_fast") this.set({ stop: null });
    if (this.now.outbox.length) void this.flush();
    if (!this.now.session) return;
    this.hangUp();
    if (this.now.restored) this.listen();
    else void this.restore();
  }

  /** A tab that nobody looks at gives its connection back: a browser has six for one host. */
  private visible(): void {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = setTimeout(() => this.hangUp(), HIDDEN_MS);
    else if (!this.stream) this.wake();
  }
}

/** All buttons of a message: its own, and one for each letter of an advice. */
export function offered(entry: Entry): Button[] {
  const letters = entry.custom?.type === "advice" ? entry.custom.letters : [];
  return [...(entry.buttons ?? []), ...letters.map((letter) => ({ title: letter.title, payload: letterPayload(letter.id) }))];
}

export function letterPayload(id: string): string {
  return `/ask_letter{"letter":"${id}"}`;
}

function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages without HTTPS have no randomUUID
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Two tabs never send from the same outbox at once, where the browser has locks. */
async function oneTab(work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request("redress-outbox", work);
  else await work();
}

const conversations = new Map<string, Conversation>();

export function conversationWith(base: string): Conversation {
  const known = conversations.get(base) ?? new Conversation(base);
  conversations.set(base, known);
  return known;
}
