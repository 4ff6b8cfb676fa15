"""A page as a test reads it: its words, its elements, and its forms filled in as a browser without JavaScript does."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "circle", "path", "rect", "use"}
Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form with what its fields hold, and of what kind each is: `text`, `textarea`, `select`, `file` …"""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    multipart: bool = False


class Page(HTMLParser):
    """What an answer holds. `words` are all its texts, `said["id"]` those inside the element of that id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, Attributes]] = []
        self.forms: list[Form] = []
        self.said: dict[str, str] = {}
        self.words = ""
        self._open: list[tuple[str, str | None]] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)
        self.words = " ".join(self.words.split())
        self.said = {key: " ".join(words.split()) for key, words in self.said.items()}

    @property
    def everything(self) -> str:
        """Its words, attributes and fields."""
        attributes = [value for _tag, has in self.elements for value in has.values() if value]
        return " ".join([self.words, *attributes, *(value for form in self.forms for value in form.values.values())])

    def all(self, tag: str, /, **wanted: str | None) -> list[Attributes]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [has for name, has in self.elements if name == tag and wanted.items() <= has.items()]

    def one(self, tag: str, /, **wanted: str | None) -> Attributes:
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of <{tag} {wanted}>"
        return found[0]

    def form(self, action: str) -> Form:
        """The form that posts there."""
        (found,) = [form for form in self.forms if form.action == action]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.elements.append((tag, has))
        if tag not in VOID:
            self._open.append((tag, has.get("id")))
        if tag == "form":
            multipart = has.get("enctype") == "multipart/form-data"
            self._form = Form(has.get("action") or "", has.get("method") or "get", multipart=multipart)
            self.forms.append(self._form)
        if self._form is not None:
            self._field(tag, has)

    def _field(self, tag: str, has: Attributes) -> None:
        form, name, kind = self._form, has.get("name"), has.get("type")
        if name:
            form.kinds[name] = kind or ("text" if tag == "input" else tag)
        if tag == "textarea":
            self._area, form.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in has or self._select not in form.values):
            form.values[self._select] = has["value"]
        elif tag == "input" and name and (kind not in ("radio", "checkbox", "file") or "checked" in has):
            form.values[name] = has.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            # A first line end belongs to the markup.
            self._form.values[self._area] += data.removeprefix("\n") if not self._form.values[self._area] else data
            return
        self.words += f"{data} "
        for _tag, id in self._open:  # noqa: A001
            if id:
                self.said[id] = f"{self.said.get(id, '')}{data} "
