// The sheet with settings and what one can do with the conversation.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation, State } from "../conversation";
import { LANGUAGES } from "../entry";
import { printConversation } from "../print";
import { useSpoken } from "../words";
import { NAMES } from "./Header";
import { Icon } from "./Icon";

interface Props { conversation: Conversation; state: State; defaultPlace: string | null; onBack: () => void }

export function Menu({ conversation, state, defaultPlace, onBack }: Props) {
  const { words, language } = useSpoken();
  const [asked, setAsked] = useState<"fresh" | "forget" | null>(null);
  const [failed, setFailed] = useState(false);
  const first = useRef<HTMLButtonElement>(null), question = useRef<HTMLParagraphElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (asked) question.current?.focus();
  }, [asked]);

  const forget = async (): Promise<void> => {
    try {
      await conversation.forget();
      onBack();
    } catch {
      setFailed(true);
    }
  };
  const fresh = (): void => {
    conversation.startOver();
    onBack();
  };
  const none = state.entries.length === 0 && state.outbox.length === 0;

  return (
    <div class="sheet" role="dialog" aria-label={words.menu}>
      <div class="sheet-head">
        <button ref={first} type="button" class="round" aria-label={words.back} onClick={onBack}><Icon name="back" /></button>
        <h2>{words.menu}</h2>
      </div>
      <div class="sheet-body">
        <fieldset class="choice">
          <legend>{words.language}</legend>
          {LANGUAGES.map((each) => (
            <label key={each} lang={each}>
              <input type="radio" name="language" checked={each === language} onChange={() => conversation.choose({ language: each })} />
              <span>{NAMES[each]}</span>
            </label>
          ))}
        </fieldset>
        <label class="row">
          <span>{words.place}</span>
          <select value={state.jurisdiction ?? defaultPlace ?? ""} onChange={(event) => conversation.choose({ jurisdiction: event.currentTarget.value || null })}>
            <option value="">{words.place_auto}</option>
            {state.info?.jurisdictions.map((place) => <option key={place.code} value={place.code}>{place.names[language]}</option>)}
          </select>
        </label>
        <label class="row switch">
          <span>{words.simple}<small>{words.simple_about}</small></span>
          <input type="checkbox" role="switch" checked={state.simple ?? false} onChange={(event) => conversation.choose({ simple: event.currentTarget.checked })} />
        </label>
        <hr />
        <button type="button" class="wide" disabled={none} onClick={() => void printConversation(state, language, words)}><Icon name="print" />{words.print}</button>
        <button type="button" class="wide" disabled={none} onClick={() => setAsked("fresh")}><Icon name="fresh" />{words.fresh}</button>
        <button type="button" class="wide danger" disabled={none && !state.session} onClick={() => setAsked("forget")}><Icon name="bin" />{words.forget}</button>
        {asked && (
          <div class="ask" role="group" aria-label={asked === "fresh" ? words.fresh : words.forget}>
            <p ref={question} tabIndex={-1}>{asked === "fresh" ? words.fresh_ask : words.forget_ask}</p>
            {failed && <p role="alert">{words.forget_failed}</p>}
            <button type="button" class={asked === "forget" ? "main danger" : "main"} onClick={() => (asked === "fresh" ? fresh() : void forget())}>
              {asked === "fresh" ? words.fresh_yes : words.forget_yes}
            </button>
            <button type="button" onClick={() => setAsked(null)}>{words.cancel}</button>
          </div>
        )}
      </div>
    </div>
  );
}
