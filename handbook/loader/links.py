"""Where a link of a page leads: to a page of the book, to the web, or nowhere.

Only http, https and mailto leave the book. Everything else has to stay inside the content folder;
the way out through "..", absolute paths, drive letters, backslashes and their percent-encoded
spellings is blocked here, before anything opens a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from handbook.loader.clean import without_controls

if TYPE_CHECKING:
    from handbook.model.text import LinkKind

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:")
_WEB = re.compile(r"(?:https?://[^/?#\s]|mailto:[^\s@]+@[^\s@])", re.IGNORECASE)
_UNSAFE_IN_URL = re.compile(r"[\s\"<>`\\]")
_ENCODED_SEPARATOR = re.compile(r"%(?:2f|5c|00)", re.IGNORECASE)

_PAGES = (".md", ".markdown")
_HTML = (".html", ".htm")
_IMAGE_ENDINGS = ".png .jpg .jpeg .gif .svg .webp .avif .bmp .ico .tif .tiff .mp4 .webm .mov"
_IMAGES = tuple(_IMAGE_ENDINGS.split())


class Target(NamedTuple):
    """Where a link leads (see `handbook.model.Link`); `code` and `fault` say what is wrong.

    `file` is the path in the book of a file that is no page; whether it is there is not looked at.
    """

    kind: LinkKind
    target: str
    anchor: str = ""
    code: str = ""
    fault: str = ""
    hint: str = ""
    file: str = ""


def is_picture(path: str) -> bool:
    """Tell whether a path has the ending of a picture or a film."""
    return path.lower().endswith(_IMAGES)


def resolve(href: str, path: str) -> Target:
    """Return where an address leads from the page at `path` ("roles/ml-engineer.md")."""
    href = without_controls(href).strip()
    if not href:
        return Target("blocked", "", code="P124", fault="a link has no target")
    if href.startswith("#"):
        return Target("page", "", _anchor(href[1:]))
    if _SCHEME.match(href):
        return _outside(href)
    if href.startswith("/") or "\\" in href:
        return _blocked(href, "an absolute path" if href[0] == "/" else "a path with a backslash")
    address, _, fragment = href.partition("#")
    address = address.partition("?")[0]
    if not address:
        return Target("page", "", _anchor(fragment))
    return _inside(href, address, _anchor(fragment), path)


def _anchor(fragment: str) -> str:
    return without_controls(unquote(fragment))


def _blocked(href: str, what: str) -> Target:
    hint = "write a path relative to this page"
    return Target("blocked", href, "", "P121", f'"{_short(href)}" is {what}', hint)


def _short(href: str) -> str:
    return href if len(href) <= 80 else href[:79] + "…"


def _outside(href: str) -> Target:
    if _WEB.match(href):
        # What a terminal would take apart is encoded, as a browser does.
        return Target("web", _UNSAFE_IN_URL.sub(lambda sign: f"%{ord(sign[0]):02X}", href))
    if _DRIVE.match(href) and href[1] == ":":
        return _blocked(href, "a path on a drive")
    scheme = href.partition(":")[0].lower()
    if scheme in {"http", "https", "mailto"}:
        fault = f'"{_short(href)}" is not a whole address'
        return Target("blocked", href, "", "P122", fault, "write it as in https://example.org")
    fault = f'links with "{_short(scheme)}:" are not followed'
    return Target("blocked", href, "", "P122", fault, "use http, https or mailto")


def _inside(href: str, address: str, anchor: str, path: str) -> Target:
    """Resolve a relative path; `address` is it without query and fragment."""
    decoded = unquote(address)
    if _ENCODED_SEPARATOR.search(address) or decoded.count("..") > address.count(".."):
        return _blocked(href, "a path with encoded separators")
    if decoded != without_controls(decoded) or decoded[0] in "/~" or _SCHEME.match(decoded):
        return _blocked(href, "no path in the book")
    parts = path.split("/")[:-1]
    for part in decoded.split("/"):
        if part == "..":
            if not parts:
                return _blocked(href, "a path out of the book")
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    is_folder = decoded.endswith("/") or decoded.rsplit("/", 1)[-1] in {".", ".."}
    return _page(href, "/".join(parts), anchor, is_folder=is_folder)


def _page(href: str, target: str, anchor: str, *, is_folder: bool) -> Target:
    """Return the page that a path inside the book means: folders open with their index.md."""
    if is_folder:
        return Target("page", f"{target}/index.md" if target else "index.md", anchor)
    name = target.rsplit("/", 1)[-1]
    stem, dot, ending = name.rpartition(".")
    suffix = f".{ending.lower()}" if dot and stem else ""
    if suffix in _PAGES:
        return Target("page", target, anchor)
    if suffix in _HTML:
        return Target("page", target[: -len(suffix)] + ".md", anchor)
    if not suffix:
        return Target("page", f"{target}.md", anchor)
    return Target("blocked", href, file=target)
