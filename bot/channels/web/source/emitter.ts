// Names of what a page can listen to, and who listens.
export type EventName = "ready" | "open" | "close" | "send" | "answer" | "person" | "problem";
export type Listener = (detail: unknown) => void;

export class Emitter {
  private readonly listeners = new Map<string, Set<Listener>>();

  on(name: string, listener: Listener): void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
  }

  off(name: string, listener: Listener): void {
    this.listeners.get(name)?.delete(listener);
  }

  /** Tells listeners, and the page by a DOM event `redress:NAME` on `element`. A listener that throws stops nobody. */
  emit(name: EventName, detail: unknown, element: Element): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error);
      }
    }
    element.dispatchEvent(new CustomEvent(`redress:${name}`, { detail, bubbles: true, composed: true }));
  }
}
