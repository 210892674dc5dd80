// Answers to choose from; for a question about a day, a calendar.
import { useState } from "preact/hooks";
import type { Button } from "../entry";
import { dayWords, useSpoken } from "../words";

interface Props { buttons: Button[]; question: string | null; send: (text: string, title?: string) => void }

export function QuickReplies({ buttons, question, send }: Props) {
  const { words, language } = useSpoken();
  const [day, setDay] = useState("");
  const asksDay = question?.endsWith("_date") ?? false;
  if (!buttons.length && !asksDay) return null;
  return (
    <div class="quick" role="group" aria-label={words.quick}>
      {asksDay && (
        <span class="day">
          <input type="date" aria-label={words.choose_day} value={day} onInput={(event) => setDay(event.currentTarget.value)} />
          <button type="button" disabled={!day} onClick={() => send(dayWords(day, language))}>{words.use_day}</button>
        </span>
      )}
      {buttons.map((button) => (
        <button key={button.payload} type="button" onClick={() => send(button.payload, button.title)}>{button.title}</button>
      ))}
    </div>
  );
}
