"""Letters drawn from templates, where there is no request and nobody is signed in."""

from typing import Any

from flask import current_app


def drawn(template: str, **context: Any) -> str:
    """Flask's own `render_template` would add what is on every page, such as who is signed in."""
    return current_app.jinja_env.get_template(template).render(**context)
