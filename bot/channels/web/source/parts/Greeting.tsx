// What one sees first: what this is for, and the commonest problems to choose from.
import { useSpoken } from "../words";

export function Greeting({ send }: { send: (text: string) => void }) {
  const { words } = useSpoken();
  return (
    <div class="greeting">
      <h3>{words.hello}</h3>
      <p>{words.hello_more}</p>
      <h4 id="common">{words.common}</h4>
      <ul class="chips" aria-labelledby="common">
        {words.chips.map((chip) => <li key={chip}><button type="button" onClick={() => send(chip)}>{chip}</button></li>)}
      </ul>
    </div>
  );
}
