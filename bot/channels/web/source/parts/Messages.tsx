// Everything said so far, what waits to be sent, and what can be answered with one press.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Conversation, type State, offered } from "../conversation";
import type { Button, Entry, Letter } from "../entry";
import { useSpoken } from "../words";
import { Greeting } from "./Greeting";
import { Icon } from "./Icon";
import { Message, useCards } from "./Message";
import { Outbox } from "./Outbox";
import { QuickReplies } from "./QuickReplies";

interface Props {
  conversation: Conversation;
  state: State;
  send: (text: string, title?: string) => void;
  giveBack: (text: string) => void;
  onLetter: (letter: Letter) => void;
}

export function Messages({ conversation, state, send, giveBack, onLetter }: Props) {
  const { words } = useSpoken();
  const [earlierShown, showEarlier] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const { entries, outbox } = state;
  const cards = useCards(entries.length > 0 || outbox.length > 0);
  const lastSaid = entries.reduce((found, entry, i) => (entry.said_by === "person" ? i : found), -1);
  const start = state.simple && !earlierShown ? Math.max(0, outbox.length ? entries.length : lastSaid) : 0;
  const shown = entries.slice(start);
  const lastAdvice = entries.filter((entry) => entry.custom?.type === "advice").at(-1);
  const isEmpty = entries.length === 0 && outbox.length === 0;

  useEffect(() => showEarlier(false), [lastSaid]);
  useScroll(log, state, cards);
  const isBelow = useIsBelow(log, `${entries.at(-1)?.number} ${outbox.length} ${state.sending}`);
  const goToQuestion = (): void => {
    const first = log.current?.querySelector<HTMLElement>(".quick button:not(:disabled)");
    log.current?.querySelector(".question:last-of-type, .quick")?.scrollIntoView({ block: "nearest" });
    first?.focus();
  };

  return (
    <div ref={log} class="log" role="region" aria-label={words.conversation} tabIndex={0}>
      {state.info?.allowed === false && <p class="note warn" role="alert">{words.not_allowed}</p>}
      {state.ended && <p class="note" role="status">{state.ended === "expired" ? words.ended_expired : words.ended_deleted}</p>}
      {state.session && !state.restored && <p class="note" role="status">{state.entries.length ? "" : "…"}</p>}
      {isEmpty && (!state.session || state.restored) && <Greeting send={send} />}
      {start > 0 && <button type="button" class="earlier" onClick={() => showEarlier(true)}><Icon name="clock" />{words.earlier}</button>}
      <ol class="messages">
        {shown.map((entry) => (
          <Message key={entry.number} entry={entry} cards={cards} isOld={entry.custom?.type === "advice" && entry !== lastAdvice}
            conversation={conversation} state={state} send={send} onLetter={onLetter} />
        ))}
        <Outbox conversation={conversation} state={state} giveBack={giveBack} />
      </ol>
      {state.sending && <p class="typing" aria-hidden="true"><i /><i /><i /></p>}
      {!state.sending && outbox.length === 0 && <QuickReplies buttons={buttonsOf(entries.slice(lastSaid + 1))} question={questionOf(entries)} send={send} />}
      {state.line === "broken" && !state.stop && <p class="note" role="status">{words.line_broken}</p>}
      {isBelow && <button type="button" class="jump" onClick={goToQuestion}><Icon name="down" />{words.question_below}</button>}
    </div>
  );
}

/** Buttons of the last messages. Those of an advice stand in its card as letters. */
function buttonsOf(last: readonly Entry[]): Button[] {
  const letters = new Set(last.flatMap((entry) => (entry.custom?.type === "advice" ? offered(entry).slice(entry.buttons?.length ?? 0) : [])).map((button) => button.payload));
  return last.flatMap((entry) => entry.buttons ?? []).filter((button) => !letters.has(button.payload));
}

function questionOf(entries: readonly Entry[]): string | null {
  const custom = entries.at(-1)?.custom;
  return custom?.type === "question" ? custom.fact : null;
}

/** Whether the answers to choose from lie further down than one sees. */
function useIsBelow(log: { readonly current: HTMLDivElement | null }, when: string): boolean {
  const [isBelow, setIsBelow] = useState(false);
  useEffect(() => {
    const box = log.current, quick = box?.querySelector(".quick");
    if (!box || !quick) {
      setIsBelow(false);
      return undefined;
    }
    const observer = new IntersectionObserver(([seen]) => {
      if (seen) setIsBelow(!seen.isIntersecting && seen.boundingClientRect.top > (seen.rootBounds?.top ?? 0));
    }, { root: box });
    observer.observe(quick);
    return () => observer.disconnect();
  }, [when]);
  return isBelow;
}

/** A new answer is shown from its beginning: what the person said last goes to the top, or what an adviser has written. Everything else is
shown from its end. What came while the panel was closed is shown when it opens. */
function useScroll(log: { readonly current: HTMLDivElement | null }, state: State, cards: unknown): void {
  const last = state.entries.at(-1)?.number ?? 0;
  const seen = useRef({ last: 0, waiting: 0, toAnswer: false });
  const pending = useRef<() => void>();
  useEffect(() => {
    const box = log.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      if (box.clientHeight) pending.current?.();
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    const before = seen.current;
    const toAnswer = last === before.last && state.outbox.length <= before.waiting ? before.toAnswer : state.fresh.has(last);
    seen.current = { last, waiting: state.outbox.length, toAnswer };
    const isByAdviser = state.entries.at(-1)?.said_by === "adviser";
    const scroll = (): void => {
      pending.current = undefined;
      const first = [...box.querySelectorAll<HTMLElement>(isByAdviser ? ".theirs" : ".mine")].at(-1);
      if (!last && !state.outbox.length) box.scrollTo({ top: 0 });
      else if (toAnswer && first) box.scrollTo({ top: first.offsetTop - box.offsetTop - 12 });
      else box.scrollTo({ top: box.scrollHeight });
    };
    if (box.clientHeight) scroll();
    else pending.current = scroll;
  }, [last, state.outbox.length, state.stop?.reason, state.simple, cards]);
}
