// Server-sent events over fetch: the session stands in a header, never in an address.
export interface StreamEvent { event: string; id: string | null; data: string }

/** Reads events until the stream ends. `alive` is called for every piece, comments too. */
export async function readEvents(body: ReadableStream<Uint8Array>, heard: (event: StreamEvent) => void, alive: () => void): Promise<void> {
  const reader = body.getReader(), decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    rest += decoder.decode(value, { stream: true });
    const held = rest.endsWith("\r") ? "\r" : ""; // its \n may come with the next piece
    const blocks = rest.slice(0, rest.length - held.length).replace(/\r\n?/g, "\n").split("\n\n");
    rest = (blocks.pop() ?? "") + held;
    for (const block of blocks) {
      const event = parsed(block);
      if (event) heard(event);
    }
  }
}

function parsed(block: string): StreamEvent | null {
  let event = "message", id: string | null = null;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === "event") event = value ?? "";
    if (name === "id") id = value ?? "";
    if (name === "data") data.push(value ?? "");
  }
  return data.length || event !== "message" ? { event, id, data: data.join("\n") } : null;
}
