"""Loads flow records into DuckDB with the types of the published schema: duck.py SCHEMA RECORDS QUERIES."""

import json
import sys

import duckdb

schema_file, records, queries = sys.argv[1:]
with open(schema_file, encoding="utf-8") as file:
    schema = json.load(file)
SIMPLE = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def column(node):
    """DuckDB's type of what a node of the schema describes."""
    if "$ref" in node:
        return column(schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
    if "const" in node:
        return {str: "VARCHAR", int: "BIGINT", list: "VARCHAR[]"}[type(node["const"])]
    kind = node["type"]
    if isinstance(kind, list):
        kind = next(name for name in kind if name != "null")
    if kind == "array":
        return column(node["items"]) + "[]"
    if kind == "object":
        members = ", ".join(f'"{name}" {column(value)}' for name, value in node["properties"].items())
        return f"STRUCT({members})"
    return SIMPLE[kind]


flow = schema["$defs"]["flow"]["properties"]
columns = {name: column(node) for name, node in flow.items()}
database = duckdb.connect()
with open("flows.ndjson", "w", encoding="utf-8") as out, open(records, encoding="utf-8") as lines:
    summary = None
    for line in lines:
        kind = json.loads(line)["icwscan"]["record"]
        if kind == "flow":
            out.write(line)
        elif kind == "summary":
            summary = json.loads(line)["icwscan"]["summary"]
database.read_json("flows.ndjson", format="newline_delimited", columns=columns).create("flows")

counted = database.execute("SELECT count(*), sum(network.packets) FROM flows").fetchone()
expected = tuple(sum(item[name] for item in summary["transports"]) for name in ("flows", "packets"))
if counted != expected:
    sys.exit(f"cluster: DuckDB has {counted} flows and packets, the summary {expected}")
print(f"cluster: DuckDB: {counted[0]} flows with {counted[1]} packets, as the summary says")
with open(queries, encoding="utf-8") as file:
    text = "".join(line for line in file if not line.startswith("--"))
for query in filter(None, (part.strip() for part in text.split(";"))):
    rows = database.execute(query).fetchall()
    if not rows:
        sys.exit(f"cluster: DuckDB: no rows: {query}")
    print(f"cluster: DuckDB: {len(rows)} rows: {' '.join(query.split())[:96]}")
