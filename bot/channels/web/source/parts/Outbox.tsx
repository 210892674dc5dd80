// Messages that are not answered yet, and why they wait.
import type { Conversation, State } from "../conversation";
import { languageOfText } from "../script";
import { useSpoken } from "../words";

interface Props { conversation: Conversation; state: State; giveBack: (text: string) => void }

export function Outbox({ conversation, state, giveBack }: Props) {
  const { words, language } = useSpoken();
  const { stop } = state;
  return (
    <>
      {state.outbox.map((item, i) => (
        <li key={item.id} class="mine waiting">
          <div class="bubble" lang={languageOfText(item.title, language)}>{item.title}</div>
          <small>{i === 0 && state.sending ? words.sending : words.waiting}</small>
        </li>
      ))}
      {stop && state.outbox[0] && (
        <li class="note warn" role="alert">
          <p>{words[`stop_${stop.reason}`]}</p>
          <button type="button" onClick={() => conversation.retry()}>{stop.reason === "session_expired" ? words.try_fresh : words.try_now}</button>
          <button type="button" onClick={() => giveBack(conversation.takeBack(state.outbox[0]!.id))}>{words.take_back}</button>
        </li>
      )}
    </>
  );
}
