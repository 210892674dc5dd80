// What is remembered on the host page's side: the session, what is not sent yet, the settings, and ticks. In memory where storage is refused.
import type { Language } from "./entry";

export interface Unsent { id: string; text: string; title: string; at: number; language: Language | null; jurisdiction: string | null }

export interface Remembered {
  session: string | null;
  outbox: Unsent[];
  language: Language | null;
  jurisdiction: string | null;
  /** Null while nobody has chosen: then the page's setting counts. */
  simple: boolean | null;
  ticks: string[];
}

export const NOTHING: Remembered = { session: null, outbox: [], language: null, jurisdiction: null, simple: null, ticks: [] };

export class Memory {
  private held: Remembered = NOTHING;
  private refused = false;
  private readonly key: string;

  constructor(base: string, heard: () => void) {
    this.key = `redress:${base}`;
    addEventListener("storage", (event) => {
      if (event.key === this.key || event.key === null) heard();
    });
  }

  read(): Remembered {
    if (this.refused) return this.held;
    try {
      const text = localStorage.getItem(this.key);
      const found = { ...NOTHING, ...(JSON.parse(text ?? "{}") as Partial<Remembered>) };
      return Array.isArray(found.outbox) && Array.isArray(found.ticks) ? found : this.held; // a script of the page has spoilt it
    } catch {
      return this.held;
    }
  }

  /** Reads afresh, changes and writes, so that another tab's changes stay. */
  change(values: Partial<Remembered>): Remembered {
    const now = { ...this.read(), ...values };
    this.held = now;
    try {
      localStorage.setItem(this.key, JSON.stringify(now));
    } catch {
      this.refused = true; // full or forbidden: this page keeps it while it lives
    }
    return now;
  }
}
