// Advice: what expires first, rights with their law, steps, evidence, whom to turn to, letters.
import { useMemo } from "preact/hooks";
import { openingOf, tickOf } from "../advice";
import { letterPayload } from "../conversation";
import type { Advice, Authority, Step } from "../entry";
import { Icon } from "../parts/Icon";
import type { MessageProps } from "../parts/Message";
import { useWords } from "../parts/useWords";
import { languageOfText } from "../script";
import { SpokenContext, dayWords, filled, useSpoken } from "../words";
import { Markdown } from "./Markdown";
import { Rights } from "./Rights";
import { Tick } from "./Tick";

const STEPS_SHOWN = 5;

/** The card speaks the language of its advice throughout; where the person has chosen another since, it can be had in that. */
export function AdviceCard(props: MessageProps) {
  const { entry, isOld, state, send } = props;
  const { words, language } = useSpoken();
  const advice = entry.custom as Advice;
  const own = useWords(advice.language);
  const place = state.info?.jurisdictions.find((each) => each.code === advice.jurisdiction.code);
  if (!own) return null;
  const title = place ? filled(own.words.advice_for, { place: place.names[advice.language] }) : own.words.advice;
  const card = <SpokenContext.Provider value={own}><Whole {...props} title={title} /></SpokenContext.Provider>;
  if (isOld) return <details class="old"><summary>{words.older}</summary>{card}</details>;
  if (advice.language === language) return card;
  return (
    <>
      <button type="button" class="again" onClick={() => send(`/change_language{"language":"${language}"}`, words.again)}>{words.again}</button>
      {card}
    </>
  );
}

function Whole({ entry, conversation, state, send, title }: MessageProps & { title: string }) {
  const { words } = useSpoken();
  const advice = entry.custom as Advice;
  const { language } = advice;
  const opening = useMemo(() => openingOf(entry.text), [entry.text]);
  const ticks = { conversation, ticked: state.ticks };
  const first = advice.next_steps.slice(0, STEPS_SHOWN), more = advice.next_steps.slice(STEPS_SHOWN);
  return (
    <article class="advice-card" lang={language} aria-label={title}>
      <h3 class="card-title"><Icon name="scales" />{title}</h3>
      {opening && <Markdown text={opening} lang={language} />}
      <ExpiresFirst advice={advice} />
      <Rights advice={advice} />
      {advice.next_steps.length > 0 && (
        <section>
          <h4>{words.steps}</h4>
          <ol class="ticks">{first.map((step) => <StepLine key={step.text} step={step} advice={advice} {...ticks} />)}</ol>
          {more.length > 0 && (
            <details class="more">
              <summary>{filled(words.more_steps, { n: more.length })}</summary>
              <ol class="ticks" start={first.length + 1}>{more.map((step) => <StepLine key={step.text} step={step} advice={advice} {...ticks} />)}</ol>
            </details>
          )}
        </section>
      )}
      {advice.evidence.length > 0 && (
        <section>
          <details class="block">
            <summary><h4>{words.evidence}</h4><span class="count">{advice.evidence.length}</span></summary>
            <ul class="ticks">{advice.evidence.map((piece) => <li key={piece}><Tick name={tickOf("evidence", piece)} {...ticks}>{piece}</Tick></li>)}</ul>
          </details>
        </section>
      )}
      {advice.authorities.length > 0 && (
        <section>
          <h4>{words.authorities}</h4>
          <ul class="bodies">{advice.authorities.map((body) => <Body key={body.id} body={body} />)}</ul>
        </section>
      )}
      {advice.letters.length > 0 && advice.jurisdiction.code && (
        <section>
          <h4>{words.letters}</h4>
          <ul class="letters">
            {advice.letters.map((letter) => (
              <li key={letter.id}><button type="button" onClick={() => send(letterPayload(letter.id), letter.title)}><Icon name="letter" />{letter.title}</button></li>
            ))}
          </ul>
        </section>
      )}
      <p class="disclaimer">{advice.disclaimer}</p>
    </article>
  );
}

/** A last day is put first only if it belongs to one of the first rights; the chat's text does the same. */
const TOLD_FIRST = 3;

function ExpiresFirst({ advice }: { advice: Advice }) {
  const { words } = useSpoken();
  const told = advice.rights.filter((right) => right.applies !== "no").slice(0, TOLD_FIRST);
  const open = told.filter((right) => right.deadline?.date && (right.deadline.days_left ?? -1) >= 0);
  const first = open.sort((one, other) => one.deadline!.date!.localeCompare(other.deadline!.date!))[0];
  const days = first?.deadline?.days_left;
  if (!first?.deadline?.date || days === null || days === undefined) return null;
  const left = days === 0 ? words.today : days === 1 ? words.one_day_left : filled(words.days_left, { n: days });
  return (
    <div class={days <= 7 ? "expires soon" : "expires"}>
      <p class="eyebrow"><Icon name="clock" />{words.first}</p>
      <p class="day">{filled(words.by, { day: dayWords(first.deadline.date, advice.language) })} <span>{left}</span></p>
      <p>{first.title}</p>
      <p class="soft">{first.deadline.rule}</p>
      {first.applies === "depends" && <p class="soft">{words.if_it_applies}</p>}
    </div>
  );
}

function StepLine({ step, advice, ...ticks }: { step: Step; advice: Advice; conversation: MessageProps["conversation"]; ticked: readonly string[] }) {
  const { words } = useSpoken();
  const body = advice.authorities.find((each) => each.id === step.authority);
  return (
    <li>
      <Tick name={tickOf("step", step.text)} {...ticks}>
        {step.text}
        {step.by && <em class="by">{filled(words.by, { day: dayWords(step.by, advice.language) })}</em>}
        {body && <em class="by quiet">{body.name}</em>}
      </Tick>
    </li>
  );
}

function Body({ body }: { body: Authority }) {
  const { words, language } = useSpoken();
  return (
    <li>
      <a class="name" href={safe(body.url)} target="_blank" rel="noopener noreferrer"><span lang={languageOfText(body.name, language)}>{body.name}</span><span class="unseen"> ({words.opens_new})</span></a>
      <p class="soft">{body.when}</p>
      <p class="reach">
        {body.phone && <a href={telephone(body.phone)}><Icon name="phone" />{body.phone}</a>}
        <a href={safe(body.url)} target="_blank" rel="noopener noreferrer"><Icon name="link" />{new URL(body.url).host}<span class="unseen"> ({words.opens_new})</span></a>
        <span class="soft">{body.cost}</span>
      </p>
    </li>
  );
}

export function telephone(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/g, "")}`;
}

/** Only addresses that lead to a page. */
export function safe(url: string): string {
  return /^https?:\/\//i.test(url) ? url : "about:blank";
}
