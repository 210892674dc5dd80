// Where one writes. Nothing that was typed is ever thrown away: what is too long stays and says by how much.
import type { RefObject } from "preact";
import { type MutableRef, useLayoutEffect, useState } from "preact/hooks";
import type { State } from "../conversation";
import type { Widget } from "../launcher";
import { filled, useSpoken } from "../words";
import { Icon } from "./Icon";
import { TALK } from "./Outbox";

interface Props {
  state: State;
  send: (text: string, title?: string) => void;
  field: RefObject<HTMLTextAreaElement>;
  widget: Widget;
  /** Filled here: puts words back into the field that were taken back from the outbox. */
  giveBack: MutableRef<(text: string) => void>;
}

const LONGEST = 4000, WARN_FROM = 300;

export function Composer({ state, send, field, widget, giveBack }: Props) {
  const { words } = useSpoken();
  const [text, setText] = useState("");
  const left = (state.info?.limits.longest ?? LONGEST) - [...text.trim()].length;
  const empty = text.trim() === "";

  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = "auto";
    if (text) box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
  }, [text, state.simple]);

  useLayoutEffect(() => {
    giveBack.current = (given) => {
      setText((now) => [given, now].filter(Boolean).join("\n"));
      field.current?.focus();
    };
  }, []);

  const submit = (event: Event): void => {
    event.preventDefault();
    if (empty || left < 0) return;
    send(text.trim());
    setText("");
    field.current?.focus();
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    submit(event);
  };
  const person = (): void => {
    widget.emitter.emit("person", {}, widget.host);
    send(TALK, words.person_text);
  };

  return (
    <form class="composer" onSubmit={submit}>
      <div class="field">
        <textarea ref={field} rows={1} value={text} aria-label={words.write} placeholder={state.entries.length ? words.hint_more : words.hint} enterkeyhint="send"
          aria-describedby="length" aria-invalid={left < 0 || undefined} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={keydown} />
        <button type="submit" class="send" aria-label={words.send} aria-disabled={empty || left < 0}><Icon name="send" /></button>
      </div>
      <p id="length" class={left < 0 ? "length over" : "length"} role="status">
        {left < 0 ? filled(words.too_long_by, { n: -left }) : left < WARN_FROM ? filled(words.left, { n: left }) : ""}
      </p>
      <div class="foot">
        <button type="button" class="link" onClick={person}><Icon name="person" />{words.person}</button>
        <small>{words.foot}</small>
      </div>
    </form>
  );
}
