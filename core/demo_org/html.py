"""The demo org's pages: plain, escaped, and headed so that nobody takes them for the real thing."""

import html
from collections.abc import Iterable
from typing import Final

from starlette.responses import HTMLResponse

_STYLE: Final = """
:root { color-scheme: light dark; --line: light-dark(#c9cdd3, #444b55); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 3px solid #b5540c; margin-bottom: 1rem; }
header p { font-weight: 600; margin: 0 0 .5rem; }
table { border-collapse: collapse; width: 100%; overflow-wrap: anywhere; }
th, td { text-align: left; border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0;
  vertical-align: top; }
label { display: block; margin: .6rem 0 .1rem; font-weight: 600; }
input:not([type=checkbox]), textarea, select { font: inherit; width: 100%; max-width: 40rem;
  padding: .3rem; box-sizing: border-box; }
button { font: inherit; padding: .4rem 1rem; margin: .6rem .6rem .6rem 0; }
code { overflow-wrap: anywhere; }
.error { border-left: 4px solid #b3261e; padding-left: .8rem; }
"""
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
)
BANNER: Final = "Demo org – stands in for Salesforce"


def escape(value: object) -> str:
    return html.escape(str(value), quote=True)


def page(title: str, *parts: str, status: int = 200, keeps_forms_here: bool = True) -> HTMLResponse:
    """Draw a page. The sign-in pages pass `keeps_forms_here=False`: their form ends at a callback,
    and browsers apply form-action to that redirect too."""
    body = "".join(parts)
    document = (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{escape(title)} · Demo org</title><style>{_STYLE}</style></head><body>"
        f"<header><p>{BANNER}</p></header><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    policy = _POLICY + ("; form-action 'self'" if keeps_forms_here else "")
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(document, status_code=status, headers=headers)


def error_page(error: str, description: str, *, status: int = 400) -> HTMLResponse:
    """Draw an OAuth refusal that must not be sent to the callback."""
    return page(
        "We can't authorize you because of an OAuth error",
        f"<p class=error><code>error={escape(error)}&amp;error_description="
        f"{escape(description)}</code></p><p>{escape(error)} : {escape(description)}</p>",
        status=status,
    )


def form(action: str, hidden: dict[str, str], *parts: str) -> str:
    fields = "".join(
        f"<input type=hidden name='{escape(name)}' value='{escape(value)}'>"
        for name, value in hidden.items()
    )
    return f"<form method=post action='{escape(action)}'>{fields}{''.join(parts)}</form>"


def entry(name: str, label: str, value: object = "", *, kind: str = "text") -> str:
    return (
        f"<label for='{escape(name)}'>{escape(label)}</label>"
        f"<input id='{escape(name)}' name='{escape(name)}' type='{kind}' value='{escape(value)}'>"
    )


def tick(name: str, label: str, *, checked: bool) -> str:
    mark = " checked" if checked else ""
    return (
        f"<label><input type=checkbox name='{escape(name)}' value=1{mark}> {escape(label)}</label>"
    )


def choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    """Draw a list to choose one from; options are (value, label), the first one chosen."""
    drawn = "".join(
        f"<option value='{escape(value)}'>{escape(text)}</option>" for value, text in options
    )
    return (
        f"<label for='{escape(name)}'>{escape(label)}</label>"
        f"<select id='{escape(name)}' name='{escape(name)}'>{drawn}</select>"
    )


def button(label: str, *, name: str = "", value: str = "") -> str:
    named = f" name='{escape(name)}' value='{escape(value)}'" if name else ""
    return f"<button type=submit{named}>{escape(label)}</button>"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Draw a table; cells are HTML already, heads are text."""
    head = "".join(f"<th scope=col>{escape(each)}</th>" for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
