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
  const hasDesk = about?.has_desk ?? false;
  const isUnaware = hasDesk && entry.custom?.type === "handoff" && entry.custom.state === "unavailable";
  // The desk's ways stand as links below, so that of a reply that lists them only its beginning is said. Of a reply that knows of no
  // desk, the other bodies are left, and come after ours.
  const list = entry.text.indexOf("\n- ");
  const opening = list < 0 ? entry.text : entry.text.slice(0, list), others = list < 0 ? "" : entry.text.slice(list);
  const text = isUnaware ? words.person_asked : hasDesk ? opening : entry.text;
  return (
    <article class="handoff-card" aria-label={words.person}>
      <Markdown text={text} lang={languageOfText(text, language)} />
      {about && hasDesk && (
        <address>
          {about.name && <b>{about.name}</b>}
          {about.phone && <a href={telephone(about.phone)}><Icon name="phone" />{about.phone}</a>}
          {about.email && <a href={`mailto:${about.email}`}><Icon name="mail" />{about.email}</a>}
          {about.hours && <span><Icon name="clock" />{filled(words.hours, { hours: about.hours })}</span>}
        </address>
      )}
      {isUnaware && others && (
        <div class="others">
          <p class="soft">{words.person_others}</p>
          <Markdown text={others} lang={languageOfText(others, language)} />
        </div>
      )}
    </article>
  );
}
