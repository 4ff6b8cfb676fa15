"""Each rule of what is kept for how long stands in the table of its page."""

from host.retention import retention_rules
from tests.contract.source import ROOT


def test_the_page_has_every_rule_with_its_days(app):
    page = (ROOT / "docs" / "cleanup.md").read_text()
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert rows.keys() == retention_rules().keys()
    for key, rule in retention_rules().items():
        days = f" {rule.days} day" if rule.days else " – |"
        assert days in rows[key], key
