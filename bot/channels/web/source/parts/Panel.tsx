// Header, messages, composer; above them the sheet for settings or a letter.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import type { Entry, Language, Letter } from "../entry";
import type { Widget } from "../launcher";
import { languageOfPage } from "../settings";
import { SpokenContext } from "../words";
import { Announcer, plain } from "./Announcer";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { LetterSheet } from "./LetterSheet";
import { Menu } from "./Menu";
import { Messages } from "./Messages";
import { useConversation } from "./useConversation";
import { useWords } from "./useWords";

export interface Commands {
  show(): void;
  hide(): void;
  send(text: string): void;
}

interface Props { widget: Widget; conversation: Conversation; ready: (commands: Commands) => void }
type Sheet = { kind: "menu" } | { kind: "letter"; letter: Letter } | null;

export function Panel({ widget, conversation, ready }: Props) {
  const state = useConversation(conversation);
  const language = shownLanguage(widget, state.language, state.entries);
  const spoken = useWords(language);
  const [sheet, setSheet] = useState<Sheet>(null);
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const root = useRef<HTMLElement>(null), field = useRef<HTMLTextAreaElement>(null), opener = useRef<HTMLElement | null>(null);
  const giveBack = useRef<(text: string) => void>(() => undefined);

  useEffect(() => widget.paint(spoken?.language ?? language), [spoken]);

  const send = useCallback((text: string, title: string = text) => {
    const place = conversation.state.jurisdiction ?? widget.settings.jurisdiction;
    conversation.send(text, title, conversation.state.language, place);
    widget.emitter.emit("send", { text: title }, widget.host);
  }, [conversation, widget]);

  useEffect(() => conversation.hear((entries) => {
    setSaid(({ turn }) => ({ text: entries.map((entry) => plain(entry.text)).join(" "), turn: turn + 1 }));
    for (const entry of entries) {
      const { number, said_by, text, custom } = entry;
      widget.emitter.emit("answer", { number, said_by, text, type: custom?.type ?? "notice" }, widget.host);
      if (!document.querySelector("redress-widget[data-open]")) widget.countOneMore(); // another of the page may show it
    }
  }), [conversation, widget]);

  useEffect(() => {
    if (state.stop) widget.emitter.emit("problem", { reason: state.stop.reason }, widget.host);
  }, [state.stop?.reason]);

  const isReady = spoken !== null;
  useEffect(() => {
    if (!isReady) return;
    ready({
      show: () => requestAnimationFrame(() => field.current?.focus()),
      hide: () => setSheet(null),
      send,
    });
  }, [isReady]);

  const show = (next: Sheet): void => {
    opener.current = widget.shadow.activeElement as HTMLElement | null;
    setSheet(next);
  };
  const back = (): void => setSheet(null);
  useLayoutEffect(() => {
    if (sheet || !opener.current) return;
    const { current } = opener;
    opener.current = null;
    (current.isConnected ? current : field.current)?.focus();
  }, [sheet]);

  if (!spoken) return null;
  /** What is pressed may vanish with what it did; the focus then stays in the panel, where Escape and Tab are heard. */
  const click = (): void => {
    requestAnimationFrame(() => {
      if (widget.isOpen && !widget.shadow.activeElement) root.current?.querySelector<HTMLElement>(sheet ? ".sheet-head button" : ".log")?.focus({ preventScroll: true });
    });
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      if (sheet) back();
      else widget.close();
    }
    if (event.key === "Tab" && root.current) keepFocus(event, root.current, widget.shadow, sheet !== null || isFullScreen(widget));
  };
  const inline = widget.settings.target !== null;
  return (
    <SpokenContext.Provider value={spoken}>
      <section ref={root} class="panel" role={inline ? "region" : "dialog"} aria-modal={!inline && isFullScreen(widget) ? true : undefined}
        aria-label={spoken.words.panel} lang={spoken.language} data-simple={state.simple || undefined} onKeyDown={keydown} onClick={click}>
        <div class="front" inert={sheet !== null || undefined}>
          <Header conversation={conversation} language={spoken.language} inline={inline} onMenu={() => show({ kind: "menu" })} onClose={() => widget.close()} />
          <Messages conversation={conversation} state={state} send={send} giveBack={(text) => giveBack.current(text)} onLetter={(letter) => show({ kind: "letter", letter })} />
          <Composer state={state} send={send} field={field} widget={widget} giveBack={giveBack} />
        </div>
        {sheet?.kind === "menu" && <Menu conversation={conversation} state={state} defaultPlace={widget.settings.jurisdiction} onBack={back} />}
        {sheet?.kind === "letter" && <LetterSheet letter={sheet.letter} onBack={back} />}
        <Announcer said={said} sending={state.sending} />
      </section>
    </SpokenContext.Provider>
  );
}

/** What was chosen; else what the page says; else the language of the last advice; else the page's own. */
function shownLanguage(widget: Widget, chosen: Language | null, entries: readonly Entry[]): Language {
  if (chosen) return chosen;
  if (widget.settings.language !== "auto") return widget.settings.language;
  for (const entry of [...entries].reverse()) {
    if (entry.custom?.type === "advice") return entry.custom.language;
  }
  return languageOfPage();
}

function isFullScreen(widget: Widget): boolean {
  return widget.settings.target === null && matchMedia("(max-width: 520px), (max-height: 480px)").matches;
}

const REACHABLE = "button:not(:disabled), a[href], input, select, textarea, summary, [tabindex='0']";

/** Tab goes round within the panel where nothing else can be seen. */
function keepFocus(event: KeyboardEvent, root: HTMLElement, shadow: ShadowRoot, wanted: boolean): void {
  if (!wanted) return;
  const stops = [...root.querySelectorAll<HTMLElement>(REACHABLE)].filter((each) => !each.closest("[inert]") && each.getClientRects().length);
  const first = stops[0], last = stops.at(-1), now = shadow.activeElement;
  if (event.shiftKey ? now === first : now === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
