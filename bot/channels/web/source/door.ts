// HTTP to the front door. Every failure is a Refusal that names its reason; nothing else is thrown.
import type { Entry, Info } from "./entry";

export type Reason = "network" | "unavailable" | "session_expired" | "too_fast" | "too_long" | "origin_not_allowed" | "refused";

export class Refusal extends Error {
  constructor(readonly reason: Reason, readonly waitS: number = 0) {
    super(reason);
  }
}

export interface Outgoing { id: string; message: string; shown?: string; language: string | null; jurisdiction: string | null }
export interface Answer { session: string; number: number | null; failed: boolean; messages: Entry[] }

const TURN_MS = 60_000;
const CALL_MS = 20_000;

export class Door {
  /** `base`: address of the front door's root, with a slash at its end. */
  constructor(readonly base: string) {}

  info(): Promise<Info> {
    return this.call<Info>("GET", "api/widget");
  }

  say(session: string | null, out: Outgoing): Promise<Answer> {
    return this.call<Answer>("POST", "api/chat", null, { ...(session ? { session } : {}), ...out }, TURN_MS);
  }

  async entries(session: string, after: number): Promise<Entry[]> {
    const found: Entry[] = [];
    for (let more = true; more;) {
      const given = await this.call<{ entries: Entry[]; more: boolean }>("GET", `api/chat/entries?after=${found.at(-1)?.number ?? after}`, session);
      found.push(...given.entries);
      more = given.more && given.entries.length > 0;
    }
    return found;
  }

  forget(session: string): Promise<unknown> {
    return this.call("POST", "api/chat/forget", session, {});
  }

  /** The stream of what is said after an entry. The caller reads the body and aborts. */
  async events(session: string, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers: Record<string, string> = { Accept: "text/event-stream", Authorization: `Bearer ${session}` };
    headers["Last-Event-ID"] = String(after);
    const response = await this.fetch("api/chat/events", { headers, signal, cache: "no-store" });
    if (!response.ok || !response.body) throw await refusal(response);
    return response.body;
  }

  private async call<T>(method: string, path: string, session: string | null = null, body?: unknown, withinMs = CALL_MS): Promise<T> {
    const headers: Record<string, string> = {};
    if (session) headers["Authorization"] = `Bearer ${session}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), withinMs);
    try {
      const init: RequestInit = { method, headers, signal: abort.signal, cache: "no-store" };
      if (body !== undefined) init.body = JSON.stringify(body);
      const response = await this.fetch(path, init);
      if (response.status === 204) return undefined as T;
      const given: unknown = await response.json().catch(() => null);
      const turn = given as { failed?: boolean; messages?: unknown } | null;
      if (response.ok || (turn?.failed === true && turn.messages)) return given as T;
      throw await refusal(response, given);
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal("network");
    } finally {
      clearTimeout(timer);
    }
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.base + path, { ...init, credentials: "omit", referrerPolicy: "no-referrer", mode: "cors" });
    } catch {
      throw new Refusal("network");
    }
  }
}

const BY_STATUS: Record<number, Reason> = {
  401: "session_expired", 403: "origin_not_allowed", 413: "too_long", 422: "too_long", 429: "too_fast",
  500: "unavailable", 502: "unavailable", 503: "unavailable", 504: "unavailable",
};
const REASONS: readonly string[] = ["unavailable", "session_expired", "too_fast", "too_long", "origin_not_allowed"];

async function refusal(response: Response, given?: unknown): Promise<Refusal> {
  const body = (given === undefined ? await response.json().catch(() => null) : given) as { reason?: string } | null;
  const said = body?.reason && REASONS.includes(body.reason) ? (body.reason as Reason) : undefined;
  const waitS = Number(response.headers.get("Retry-After")) || 0;
  return new Refusal(said ?? BY_STATUS[response.status] ?? "refused", waitS);
}
