// The panel: fetched on the first need, drawn into the widget's shadow.
import { render } from "preact";
import css from "./panel.css?inline";
import { conversationWith } from "./conversation";
import { LANGUAGES } from "./entry";
import { insist } from "./insist";
import type { Panel as Handle, Widget } from "./launcher";
import { Panel, type Commands } from "./parts/Panel";
import { addSheet } from "./sheet";
import { wordsFor } from "./words";

export async function createPanel(widget: Widget, into: HTMLElement): Promise<Handle> {
  addSheet(widget.shadow, css, widget.nonce);
  const conversation = conversationWith(widget.base);
  if (widget.settings.simple && conversation.state.simple === null) conversation.choose({ simple: true });
  const commands = await new Promise<Commands>((resolve) => {
    render(<Panel widget={widget} conversation={conversation} ready={resolve} />, into);
  });
  for (const language of LANGUAGES) void insist(() => wordsFor(language)); // so that it can be switched without a network too
  return { ...commands, destroy: () => render(null, into) };
}
