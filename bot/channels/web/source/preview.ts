// The page of the live preview: puts the widget on it as the address says.
export {};

const script = document.createElement("script");
for (const [name, value] of new URLSearchParams(location.search)) {
  if (/^data-[a-z]+$/.test(name)) script.setAttribute(name, value);
}
script.src = "/widget.js";
script.async = true;
document.head.append(script);
