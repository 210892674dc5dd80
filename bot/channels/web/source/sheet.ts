// Style sheets that work where the page's policy forbids inline styles.
export function addSheet(root: ShadowRoot, css: string, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style"); // browsers before 2023
    if (nonce) style.nonce = nonce;
    style.textContent = css;
    root.append(style);
  }
}
