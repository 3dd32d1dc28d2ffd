"""Sheets and reports as one HTML page to print: no scripts, nothing loaded, every text escaped."""

from collections.abc import Mapping, Sequence
from html import escape

from core.mapping.sheet.content import SheetSection, SignOffSheet

_STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 24px; }
h1 { font-size: 18pt; margin: 0 0 4px; } h2 { font-size: 13pt; margin: 24px 0 6px; }
p { margin: 4px 0; } .draft { color: #8a4b00; font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 0; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 1px solid #bbb; padding: 3px 6px; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: anywhere; }
thead th { white-space: nowrap; overflow-wrap: normal; } td { min-width: 4.5em; }
th { background: #f0f0f0; } .facts th { width: 14em; font-weight: 600; }
.sign { margin-top: 32px; break-inside: avoid; }
.sign span { display: inline-block; width: 30%; margin-right: 3%; padding-top: 36px;
  border-bottom: 1px solid #444; } .sign small { display: inline-block; width: 33%; }
@media print { body { margin: 0; font-size: 8.5pt; }
  h2 { break-after: avoid; } .page { break-before: page; } }
"""
LINKS_BETWEEN = "; "
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(sheet: SignOffSheet) -> str:
    """Return the sign-off sheet as a page, complete in itself."""
    notice = "" if sheet.is_signed else "Draft: not signed off."
    closing = "" if sheet.is_signed else _SIGNATURES
    return to_page(sheet.title, sheet.facts, sheet.sections, notice=notice, closing=closing)


def to_page(
    title: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[SheetSection],
    *,
    notice: str = "",
    closing: str = "",
) -> str:
    """Return any page of facts and tables; `closing` is HTML of ours, all else is escaped."""
    told = f'<p class="draft">{escape(notice)}</p>' if notice else ""
    rows = "".join(
        f'<tr><th scope="row">{escape(word)}</th><td>{escape(text)}</td></tr>'
        for word, text in facts
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>"
        f'<h1>{escape(title)}</h1>{told}<table class="facts"><tbody>{rows}</tbody></table>'
        + "".join(map(_section, sections))
        + f"{closing}</body></html>\n"
    )


_SIGNATURES = (
    '<div class="sign"><p>Agreed for the university:</p><span></span><span></span><span></span>'
    "<br><small>Name</small><small>Date</small><small>Signature</small></div>"
)


def _section(section: SheetSection) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in section.columns)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell, section.links)}</td>' for cell in line)}</tr>\n"
        for line in section.lines
    )
    told = f"<p>{escape(section.told)}</p>" if section.told else ""
    page = ' class="page"' if section.starts_page else ""
    return (
        f"\n<section{page}><h2>{escape(section.title)}</h2>{told}"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table></section>"
    )


def _cell(text: str, links: Mapping[str, str]) -> str:
    """Escaped; a text that has an address, or several of them in a row, is there to be clicked."""
    parts = text.split(LINKS_BETWEEN)
    if not links or not all(part in links for part in parts):
        return escape(text)
    return LINKS_BETWEEN.join(
        f'<a href="{escape(links[part])}" rel="noopener noreferrer">{escape(part)}</a>'
        for part in parts
    )
