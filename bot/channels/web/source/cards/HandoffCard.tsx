// Talking to a person: how this organisation is reached, and what the reply says.
import { Icon } from "../parts/Icon";
import type { MessageProps } from "../parts/Message";
import { languageOfText } from "../script";
import { useSpoken } from "../words";
import { telephone } from "./AdviceCard";
import { Markdown } from "./Markdown";

export function HandoffCard({ entry, state }: MessageProps) {
  const { words, language } = useSpoken();
  const about = state.info?.organisation;
  return (
    <article class="handoff-card" aria-label={words.person}>
      <Markdown text={entry.text} lang={languageOfText(entry.text, language)} />
      {about?.has_desk && (
        <address>
          {about.name && <b>{about.name}</b>}
          {about.phone && <a href={telephone(about.phone)}><Icon name="phone" />{about.phone}</a>}
          {about.email && <a href={`mailto:${about.email}`}><Icon name="mail" />{about.email}</a>}
          {about.hours && <span><Icon name="clock" />{words.hours}: {about.hours}</span>}
        </address>
      )}
    </article>
  );
}
