"""What the API takes, as its document tells."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.host.routes.addresses import Address

Document = Mapping[str, Any]


def resources(document: Document) -> Iterator[tuple[Address, Mapping[str, Any], list[Any]]]:
    """(address, operation, the parameters of all at that path)."""
    for path, item in document["paths"].items():
        rule = re.sub(r"\{(\w+)\}", lambda part: f"<{_kind(part[1])}{part[1]}>", path)
        for method, operation in item.items():
            if method != "parameters":
                yield Address(method.upper(), rule, ""), operation, item.get("parameters", [])


def fields(document: Document, operation: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, the least that is needed besides it) of all that an operation takes as JSON."""
    properties, required = _schema(document, operation)
    for name in properties:
        yield name, {other: _least(properties[other]) for other in required if other != name}


def bodies(document: Document) -> dict[str, dict[str, Any]]:
    """By the address as text, the least that each operation takes."""
    return {str(address): _whole(*_schema(document, operation)) for address, operation, _shared in resources(document)}


def _schema(document: Document, operation: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return {}, []
    schema = document["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    return schema["properties"], schema.get("required", [])


def _whole(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {name: _least(properties[name]) for name in required}


def _least(told: Mapping[str, Any]) -> Any:
    if told.get("format") in ("date", "date-time"):
        return {"date": "2030-01-01", "date-time": "2030-01-01T10:00:00Z"}[told["format"]]
    if told.get("enum"):
        return told["enum"][0]
    kinds = {"string": "x", "integer": 60, "boolean": True, "array": [], "object": {}, "number": 1}
    kind = told.get("type", "object")
    return kinds[kind if isinstance(kind, str) else kind[0]]


def _kind(name: str) -> str:
    return "" if name in ("name", "key") else "int:"
