// Tells a screen reader each new message once. What is restored or drawn anew is not read out again.
import { useSpoken } from "../words";

/** `turn` grows with each announcement, so that the same words said twice are read twice. */
export function Announcer({ said, sending }: { said: { text: string; turn: number }; sending: boolean }) {
  const { words } = useSpoken();
  return (
    <div class="unseen">
      <p aria-live="polite"><span key={said.turn}>{said.text}</span></p>
      <p aria-live="polite">{sending ? words.typing : ""}</p>
    </div>
  );
}

/** Markdown as it is spoken. */
export function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/```|[*_#>]/g, "").replace(/\s+/g, " ").trim();
}
