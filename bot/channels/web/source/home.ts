// What JavaScript adds to the home page: the form opens the widget, and the embed code has a live preview.
import type { Redress } from "./loader";

const ask = document.querySelector<HTMLFormElement>("[data-ask]");
ask?.addEventListener("submit", (event) => {
  const redress: Redress | undefined = window.Redress;
  if (!redress) return; // not loaded: the form goes to the chat without JavaScript
  event.preventDefault();
  const pressed = event.submitter as HTMLButtonElement | null;
  const field = ask.querySelector("textarea")!;
  const text = (pressed?.name === "press" ? pressed.value : field.value).trim();
  if (!text) {
    redress.open();
    return;
  }
  redress.send(text);
  if (pressed?.name !== "press") field.value = "";
});

const embed = document.querySelector<HTMLElement>("[data-embed]");
if (embed) setUp(embed);

function setUp(root: HTMLElement): void {
  const form = root.querySelector("form")!, code = root.querySelector<HTMLElement>("[data-code]")!;
  const frame = root.querySelector<HTMLIFrameElement>("[data-preview]")!, copy = root.querySelector<HTMLButtonElement>("[data-copy]")!;
  const told = root.querySelector<HTMLElement>("[data-told]")!;
  const language = document.documentElement.lang;

  const draw = (): void => {
    const given = new FormData(form), accent = String(given.get("accent"));
    const attributes: Record<string, string> = { language: String(given.get("language")) };
    for (const name of ["jurisdiction", "position", "theme"]) attributes[name] = String(given.get(name) ?? "");
    if (accent !== "#0f5c4c") attributes["accent"] = accent;
    if (given.get("simple")) attributes["simple"] = "true";
    const said = Object.entries(attributes).filter(([name, value]) => value && !(name === "position" && value === "right") && !(name === "theme" && value === "auto"));
    code.textContent = `<script src="${location.origin}/widget.js" ${said.map(([name, value]) => `data-${name}="${value}"`).join(" ")} async></script>`;
    const wanted = new URL("/preview", location.origin);
    wanted.searchParams.set("lang", language);
    for (const [name, value] of said) wanted.searchParams.set(`data-${name}`, value);
    if (frame.src !== wanted.href) frame.src = wanted.href;
  };
  form.addEventListener("change", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  draw();

  copy.hidden = false;
  copy.addEventListener("click", () => {
    void navigator.clipboard.writeText(code.textContent ?? "").then(() => {
      told.textContent = root.dataset["copied"] ?? "";
    });
  });
}
