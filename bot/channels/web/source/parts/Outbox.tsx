// Messages that are not answered yet, and why they wait.
import type { Conversation, State } from "../conversation";
import { languageOfText } from "../script";
import { useSpoken } from "../words";

/** The message that asks for a person. */
export const TALK = "/talk_to_human";

interface Props { conversation: Conversation; state: State; giveBack: (text: string) => void }

export function Outbox({ conversation, state, giveBack }: Props) {
  const { words, language } = useSpoken();
  const { stop } = state;
  const about = state.info?.organisation;
  const first = state.outbox[0];
  const heard = new Set(state.entries.map((entry) => entry.key)); // those stand among the messages already
  return (
    <>
      {state.outbox.filter((item) => !heard.has(item.id)).map((item) => (
        <li key={item.id} class="mine waiting">
          <div class="bubble" lang={languageOfText(item.title, language)}>{item.title}</div>
          <small>{item === first && state.sending ? words.sending : words.waiting}</small>
        </li>
      ))}
      {stop && first && (
        <li class="stopped">
          <div class="note warn" role="alert">
            <p>{words[`stop_${stop.reason}`]}</p>
            {first.text === TALK && about?.has_desk && <p>{words.person_failed} {[about.phone, about.email, about.hours].filter(Boolean).join(" · ")}</p>}
            <button type="button" onClick={() => conversation.retry()}>{stop.reason === "session_expired" ? words.try_fresh : words.try_now}</button>
            <button type="button" onClick={() => giveBack(conversation.takeBack(first.id))}>{words.take_back}</button>
          </div>
        </li>
      )}
    </>
  );
}
