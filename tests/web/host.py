"""Somebody's website on an origin of its own, as the widget meets them: strict policies, rude styles, pages that draw anew."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RUDE_CSS = """
* { all: revert; color: red !important; font: 40px/3 cursive !important; letter-spacing: 9px !important; text-transform: uppercase !important; }
div, section, redress-widget, button { display: none !important; opacity: 0 !important; visibility: hidden !important; }
redress-widget { position: static !important; transform: scale(3) !important; filter: blur(9px) !important; inline-size: 10px !important; }
body { transform: translateX(0); overflow: hidden; direction: rtl; zoom: 1; }
html { font-size: 62.5%; }
[popover] { display: none !important; }
"""
SHY_CSS = "body { font: 16px sans-serif; margin: 2rem; } p { color: #333; } h2 { font-size: 80px; }"

SPA = """
document.querySelector("#draw").addEventListener("click", () => {
  const body = document.createElement("body");
  body.innerHTML = "<main><h1>Another page</h1></main>";
  document.body.replaceWith(body);
});
"""
RECORDER = """
window.heard = [];
for (const name of ["ready", "open", "close", "send", "answer", "person", "problem"]) {
  document.addEventListener("redress:" + name, (event) => window.heard.push([name, event.detail]));
}
"""


class HostSite:
    """Serves pages that embed the widget of `service`. Reached as 127.0.0.1 it is an allowed origin, as localhost it is not."""

    def __init__(self, service: str) -> None:
        self.service = service
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, headers, body = site.answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *arguments: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url, self.stranger = f"http://127.0.0.1:{self.port}", f"http://localhost:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[str, dict[str, str], str]:
        """(media type, headers, body) of an address."""
        policy = {
            "Content-Security-Policy": f"default-src 'none'; script-src 'self' {self.service}; connect-src {self.service};"
            " style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        tag = f'<script src="{self.service}/widget.js" data-jurisdiction="GB" data-accent="#0a6" data-language="en" async></script>'
        inline = f'<script src="{self.service}/widget.js" data-target="#place" data-language="zh-Hant" async></script>'
        if path == "/rude.css":
            return "text/css", {}, RUDE_CSS
        if path == "/shy.css":
            return "text/css", {}, SHY_CSS
        if path == "/spa.js":
            return "text/javascript", {}, SPA
        if path == "/recorder.js":
            return "text/javascript", {}, RECORDER
        if path == "/strict":
            return "text/html", policy, _page("rude.css", "<h2>Buy now</h2><p>Text of the page</p>", tag)
        if path == "/plain":
            return "text/html", policy, _page("shy.css", "<h2>Shop</h2><p id=own>Text</p><a href=#>A link</a>", tag)
        if path == "/two":
            place = '<div id="place"></div><h2>Shop</h2>'
            return (
                "text/html",
                {},
                _page("shy.css", f"<style>#place{{height:600px;width:400px}}</style>{place}", tag + inline),
            )
        if path == "/spa":
            return (
                "text/html",
                policy,
                _page("shy.css", '<button id="draw">Next</button><script src="/spa.js" defer></script>', tag),
            )
        return "text/plain", {}, ""


def _page(css: str, body: str, tags: str) -> str:
    return f"""<!doctype html><html lang="en"><head><title>Shop</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/{css}"><script src="/recorder.js"></script>{tags}</head><body>{body}</body></html>"""
