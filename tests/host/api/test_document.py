"""The OpenAPI document tells all of the API, and nothing else."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text

from host.db import db
from host.jobs.foreground import run_here
from host.jobs.periodic import run_now

WITH_FILES = {"post /api/v1/media", "post /api/v1/cards/{number}/files"}
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture
def plugins():
    """All of ours: what they add is told too."""
    return


def operations(document):
    """(method and path, operation, the path's parameters) of all that can be done."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield f"{method} {path}", operation, item.get("parameters", [])


def references(part):
    """Every `$ref` below."""
    if isinstance(part, dict):
        yield from [part["$ref"]] if "$ref" in part else []
    for below in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from references(below)


def test_it_is_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Fallow"
    assert document["info"]["version"]
    assert {*document} <= {"openapi", "info", "paths", "components", "tags", "security"}
    tags = [tag["name"] for tag in document["tags"]]
    assert len(tags) == len({*tags})


def test_every_resource_is_told_with_its_methods(app, document):
    told = {(path, method) for path, item in document["paths"].items() for method in item if method in METHODS}
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("api-docs.")
    }
    assert told == there
    assert len(told) > 60


def test_all_that_it_points_to_is_there(document):
    for reference in {*references(document)}:
        at = document
        assert reference.startswith("#/")
        for name in reference.removeprefix("#/").split("/"):
            assert name in at, reference
            at = at[name]


def test_schemas_have_names_of_their_own(document):
    """apispec numbers those that clash: Card1."""
    assert not [name for name in document["components"]["schemas"] if re.search(r"\d", name)]


def test_what_an_address_names_is_told(document):
    for what, operation, shared in operations(document):
        given = shared + operation.get("parameters", [])
        in_path = {each["name"] for each in given if each["in"] == "path"}
        assert in_path == {*re.findall(r"\{(\w+)\}", what)}, what
        assert all(each["required"] and each["schema"] for each in given if each["in"] == "path"), what
        names = [(each["in"], each["name"]) for each in given]
        assert len(names) == len({*names}), what


def test_every_operation_says_what_it_does_and_what_comes_back(document):
    for what, operation, _shared in operations(document):
        assert operation.get("summary"), what
        responses = operation["responses"]
        good = [status for status in responses if status.startswith("2")]
        assert len(good) == 1, what
        assert responses[good[0]]["description"]
        assert ("content" in responses[good[0]]) is (good != ["204"]), what
        assert "default" in responses, what


def test_what_is_sent_is_told(document):
    for what, operation, _shared in operations(document):
        assert "requestBody" not in operation or not what.startswith(("get", "delete")), what
        if "requestBody" in operation:
            kind = "multipart/form-data" if what in WITH_FILES else "application/json"
            assert [*operation["requestBody"]["content"]] == [kind]
            assert "422" in operation["responses"], what


def test_errors_are_problem_details(document):
    for response in document["components"]["responses"].values():
        assert response["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert {*document["components"]["schemas"]["Problem"]["properties"]} == {
        "type",
        "title",
        "status",
        "detail",
        "errors",
    }


def test_one_needs_a_token(document):
    assert document["security"] == [{"bearer": []}]
    scheme = document["components"]["securitySchemes"]["bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def a_sweep(board):
    """The id of one that rested a card."""
    board.add_card("Old").last_active_at -= timedelta(days=99)
    db.session.commit()
    run_here("entropy.sweep", while_waiting=lambda: None)
    return db.session.scalar(text("SELECT max(id) FROM entropy_run"))


def a_post(ada):
    """The ids of one with a picture, for the space's feed."""
    post = ada("POST", "/posts", {"texts": ["Poster"], "networks": ["feed"]}).json
    target = post["targets"][0]
    drawn = BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "PNG")
    drawn.seek(0)
    medium = ada("POST", "/media", data={"post": post["id"], "file": (drawn, "poster.png")}).json
    ids = {"posts": post["id"], "targets": target["id"], "connections": target["connection_id"]}
    return {**ids, "media": medium["id"]}


def a_queue(ada):
    """The id of one that has run."""
    post = ada("POST", "/posts", {"texts": ["Again"], "networks": ["feed"]}).json
    queue = ada("POST", "/queues", {"original": post["id"], "every": 1, "next_time": "2030-05-01T10:00:00Z"}).json
    assert ada("POST", f"/queues/{queue['id']}/runs").status_code == 201
    return queue["id"]


def a_webhook(ada, board):
    """The ids of one and of its test, which leads nowhere."""
    webhook = ada("POST", "/webhooks", {"board": board.id, "name": "Press", "url": "https://hooks.example/in"}).json
    delivery = ada("POST", f"/webhooks/{webhook['id']}/test").json
    return {"webhooks": webhook["id"], "deliveries": delivery["id"]}


def test_answers_are_as_told(ada, board, card, owner, document):
    """The names of the fields that come are those of the schema, all through the host's own resources."""
    said = card.comment("a", owner)
    card.tag("print")
    column, step = board.columns[0], card.add_step("Ask")
    attachment = card.attach(BytesIO(b"A list of trees"), "trees.txt", owner)
    card.react("yes", owner)
    ids = {"boards": board.id, "cards": 1, "columns": column.id, "steps": step.id, "comments": said.id}
    ids |= {"users": owner.id, "files": attachment.id}
    ids |= {"tasks": "entropy.sweep", "jobs": run_now("entropy.sweep", owner).job_id, "runs": a_sweep(board)}
    channel = ada("POST", "/notifications/channels", {"kind": "ntfy", "settings": {"topic": "garden"}}).json
    ids |= {"channels": channel["id"], **a_post(ada)}
    ids["queues"] = a_queue(ada)
    ids |= a_webhook(ada, board)
    ids |= {"rules": "host.jobs", "tags": card.tags[0].id}
    ids["rules"] = "host.jobs"
    ids["bulk_actions"] = ada("POST", "/bulk_actions", {"cards": [1], "verb": "tag", "tag": "wind"}).json["id"]
    ids["views"] = ada("POST", "/views", {"name": "Weeding", "filter": {"tag": ["print"]}}).json["id"]
    tried = 0
    for what, operation, _shared in operations(document):
        method, path = what.split()
        if method == "get":
            filled = re.sub(r"(\w+)/\{\w+\}", lambda found: f"{found[1]}/{ids[found[1]]}", path.removeprefix("/api/v1"))
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            answer = ada("GET", filled).json
            assert isinstance(answer, list) is (schema.get("type") == "array"), what
            schema = schema.get("items", schema)
            for each in answer if isinstance(answer, list) else [answer]:
                told = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                shown = {name for name, field in told["properties"].items() if not field.get("writeOnly")}
                assert {*each} == shown, what
                tried += 1
    assert tried > 20
