"""What goes wrong is said as problem details (RFC 9457), in one shape."""


def problem(answer):
    """The answer's status and sentence, once its shape is seen to be right."""
    said = answer.json
    assert answer.mimetype == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= {*said} <= {"type", "title", "status", "detail", "errors"}
    assert (said["type"], said["status"]) == ("about:blank", answer.status_code)
    assert said["title"] == answer.status.partition(" ")[2].title()
    return said["status"], said["detail"]


def errors(answer):
    """The messages by field, of a refusal to take what was sent."""
    assert problem(answer)[0] == 422
    assert all(isinstance(text, str) and text for texts in answer.json["errors"].values() for text in texts)
    return answer.json["errors"]


def test_what_a_program_may_not_do(ben, board):
    assert problem(ben("PATCH", f"/boards/{board.id}", {"name": "Mine"})) == (403, "Only admins can do this.")


def test_what_is_not_there(ada):
    for path in ("/boards/77", "/cards/77", "/nonsense", "/cards/x", "/boards/-1", f"/cards/{10**30}", "/users/0"):
        assert problem(ada("GET", path))[0] == 404, path
    assert problem(ada("GET", f"/cards/{2**63 - 1}")) == (404, f"There is no card {2**63 - 1}.")


def test_a_method_that_an_address_does_not_take(ada):
    answer = ada("DELETE", "/me")
    assert problem(answer)[0] == 405
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD", "OPTIONS", "PATCH"}


def test_a_host_that_we_do_not_answer_for(ada):
    for path in ("/me", "/nonsense"):
        assert problem(ada("GET", path, headers={"Host": "evil.example"}))[0] == 400


def test_a_body_that_is_no_json(ada):
    for body, detail in (
        (b'{"name": "a"\n, }', "This is no JSON, from line 2, column 3 on."),
        (b"name=a", "This is no JSON, from line 1, column 1 on."),
        (b" ", "This is no JSON, from line 1, column 2 on."),
        (b'{"name": "\xff"}', "This is no JSON that can be read."),
        (b'{"name": ' + b"[" * 100_000, "This is no JSON that can be read."),
        (rb'{"name": "half of a smile \uD83d"}', "This is no JSON that can be read."),
        (rb'{"\ud83d": "a"}', "This is no JSON that can be read."),
        (b'{"name": 1' + b"0" * 5000 + b"}", "This is no JSON that can be read."),
    ):
        answer = ada("POST", "/boards", data=body, content_type="application/json")
        assert problem(answer) == (400, detail)
    assert ada("GET", "/boards").json == []


def test_a_smile_in_two_halves_is_whole(ada):
    ada("POST", "/boards", data=rb'{"name": "\ud83d\ude00"}', content_type="application/json")
    assert [board["name"] for board in ada("GET", "/boards").json] == ["\N{GRINNING FACE}"]


def test_a_body_that_does_not_say_that_it_is_json(ada):
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=b", ""):
        assert problem(ada("POST", "/boards", data=b'{"name": "a"}', content_type=kind))[0] == 415, kind
    assert ada("GET", "/boards").json == []


def test_json_of_a_kind_of_its_own_will_do(ada):
    answer = ada("POST", "/boards", data=b'{"name": "a"}', content_type="application/vnd.api+json; charset=utf-8")
    assert answer.status_code == 201


def test_a_body_that_is_too_large(ada):
    assert problem(ada("POST", "/boards", {"name": "a" * 2_200_000})) == (413, "That is too large to take in.")
    assert ada("GET", "/boards").json == []


def test_a_field_that_is_missing(ada):
    for sent in (None, {}):
        assert errors(ada("POST", "/boards", sent)) == {"name": ["Missing data for required field."]}


def test_json_that_is_no_object(ada):
    for sent in ([], "name", 7, True):
        assert errors(ada("POST", "/boards", sent)) == {"_schema": ["Invalid input type."]}


def test_fields_that_are_wrong_are_all_named(ada):
    wrong = errors(ada("POST", "/boards", {"name": 7, "all_access": "perhaps", "colour": "red"}))
    assert {*wrong} == {"name", "all_access", "colour"}


def test_a_rule_of_the_house_is_said_beside_its_field(ada, board):
    said = {"name": ["A name has 1 to 120 characters."]}
    for name in ("", "  \n ", "x" * 121, "\x00"):
        assert errors(ada("POST", "/boards", {"name": name})) == said
        assert errors(ada("PATCH", f"/boards/{board.id}", {"name": name})) == said
        assert errors(ada("POST", f"/boards/{board.id}/columns", {"name": name})) == said


def test_a_title_that_is_none_makes_no_card(ada, board):
    for title in ("", " ", "x" * 256, "x" * 1_000_000, 7, None):
        assert {*errors(ada("POST", f"/boards/{board.id}/cards", {"title": title}))} == {"title"}
    assert ada("GET", "/cards").json == []


def test_half_a_character_is_no_json(ada):
    """No database takes a surrogate; JSON can hold one."""
    answer = ada("POST", "/boards", data=b'{"name": "a\\ud800b"}', content_type="application/json")
    assert answer.status_code == 400
    assert ada("GET", "/boards").json == []


def test_a_question_that_is_wrong_names_its_word(ada):
    for query in (
        "page=0",
        "page=x",
        f"page={10**20}",
        "per_page=0",
        "per_page=101",
        "place=nowhere",
        "sort=luck",
        "column=x",
        f"column={10**30}",
        f"assignee={2**63}",
    ):
        assert [*errors(ada("GET", f"/cards?{query}"))] == [query.partition("=")[0]], query


def test_an_odd_question_is_answered(ada, board):
    board.add_card("Poster")
    for query in ("q=%00", "tag=%00", "q=%ff", "tag=%ED%A0%80", "q=%25", "whatever=1", "page=1000000&per_page=100"):
        assert ada("GET", f"/cards?{query}").status_code == 200, query


def test_a_fault_of_ours_is_said_without_its_traceback(app, ada, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "api_people.Me", lambda: 1 / 0)
    answer = ada("GET", "/me")
    assert problem(answer) == (500, "Something broke on our side. It has been written to the log.")
