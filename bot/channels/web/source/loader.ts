// widget.js: puts the launcher on the page and window.Redress beside it. The panel is fetched when the page is at rest, or on the first press.
import { Emitter, type Listener } from "./emitter";
import { Widget } from "./launcher";
import { type Given, settingsFrom } from "./settings";

export interface Redress {
  open(): void;
  close(): void;
  send(text: string): void;
  on(name: string, listener: Listener): void;
  off(name: string, listener: Listener): void;
  /** Adds a widget; the names are those of the data attributes. Returns it. */
  mount(given?: Given): Widget;
  unmount(widget?: Widget): void;
}

declare global {
  interface Window { Redress?: Redress }
}

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  if (!script?.src) return;
  const base = new URL("./", script.src).href;
  const given: Given = { ...script.dataset };
  const nonce = script.nonce ?? "";

  // The same tag a second time (a single-page site that draws anew) is the same widget; one with a target is another.
  if (window.Redress) {
    window.Redress.mount(given);
    return;
  }

  const emitter = new Emitter(), widgets: Widget[] = [];
  const first = (): Widget => widgets[0] ?? mount(given);

  function mount(wanted: Given = {}): Widget {
    const settings = settingsFrom({ ...wanted });
    const known = widgets.find((widget) => widget.settings.target === settings.target && widget.attach());
    if (known) return known;
    const widget = new Widget(base, settings, emitter, nonce);
    widgets.push(widget);
    widget.attach();
    return widget;
  }

  window.Redress = {
    open: () => void first().open(),
    close: () => first().close(),
    send: (text) => void first().send(String(text)),
    on: (name, listener) => emitter.on(name, listener),
    off: (name, listener) => emitter.off(name, listener),
    mount,
    unmount: (widget) => {
      for (const each of widget ? [widget] : [...widgets]) {
        each.detach();
        if (widgets.includes(each)) widgets.splice(widgets.indexOf(each), 1);
      }
    },
  };

  const start = (): void => {
    const widget = mount(given);
    emitter.emit("ready", { widgets: widgets.length }, widget.host);
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
