// Loads a part of the widget until it is there: a network that is gone for a moment must not leave the panel without it.
const FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 15_000;

export async function insist<T>(load: () => Promise<T>): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    try {
      return await load();
    } catch {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, waitMs);
        addEventListener("online", () => resolve(), { once: true });
      });
    }
  }
}
