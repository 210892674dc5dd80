// A box to tick, kept with the conversation on this device. Only a hash of the words is kept.
import type { ComponentChildren } from "preact";
import type { Conversation } from "../conversation";

interface Props { id: string; conversation: Conversation; ticked: readonly string[]; children: ComponentChildren }

export function Tick({ id, conversation, ticked, children }: Props) {
  const name = hashOf(id), isTicked = ticked.includes(name);
  const change = (): void => conversation.choose({ ticks: isTicked ? ticked.filter((each) => each !== name) : [...ticked, name] });
  return (
    <label class="tick">
      <input type="checkbox" checked={isTicked} onChange={change} />
      <span>{children}</span>
    </label>
  );
}

function hashOf(text: string): string {
  let hash = 5381;
  for (const character of text) hash = (hash * 33 + character.codePointAt(0)!) % 4294967296;
  return hash.toString(36);
}
