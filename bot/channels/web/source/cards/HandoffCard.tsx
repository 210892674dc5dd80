// Talking to a person: how this organisation is reached, and what the reply says.
import { Icon } from "../parts/Icon";
import type { MessageProps } from "../parts/Message";
import { languageOfText } from "../script";
import { filled, useSpoken } from "../words";
import { telephone } from "./AdviceCard";
import { Markdown } from "./Markdown";

export function HandoffCard({ entry, state }: MessageProps) {
  const { words, language } = useSpoken();
  const about = state.info?.organisation;
  const isOurs = about?.has_desk && entry.custom?.type === "handoff" && entry.custom.state === "unavailable";
  // Where this organisation has a desk, its people come first; of a reply that knows of none, only the other bodies are left.
  const others = entry.text.slice(Math.max(0, entry.text.indexOf("\n- ")));
  const text = isOurs ? (entry.text.includes("\n- ") ? others : "") : entry.text;
  return (
    <article class="handoff-card" aria-label={words.person}>
      {isOurs && <p>{words.person_asked}</p>}
      {!isOurs && <Markdown text={text} lang={languageOfText(text, language)} />}
      {about?.has_desk && (
        <address>
          {about.name && <b>{about.name}</b>}
          {about.phone && <a href={telephone(about.phone)}><Icon name="phone" />{about.phone}</a>}
          {about.email && <a href={`mailto:${about.email}`}><Icon name="mail" />{about.email}</a>}
          {about.hours && <span><Icon name="clock" />{filled(words.hours, { hours: about.hours })}</span>}
        </address>
      )}
      {isOurs && text && (
        <div class="others">
          <p class="soft">{words.person_others}</p>
          <Markdown text={text} lang={languageOfText(text, language)} />
        </div>
      )}
    </article>
  );
}
