"""
What GitHub's scanner would find, as far as its field tooling shows it: each definition becomes one expression,
(start)(secret)(end), compiled with HS_FLAG_SOM_LEFTMOST and HS_FLAG_UTF8. A match is then taken apart by another engine,
and the conditions are tried on the secret.
https://github.com/advanced-security/secret-scanning-tools/blob/main/secretscanning/test.py

Reads {"patterns": [...], "texts": [...], "files": [...]} and writes {"refused": {id: why}, "texts": [[[id, secret]]],
"files": [[path, id]], "lines": n}.
"""

import json
import re
import sys

import hyperscan

FLAGS = hyperscan.HS_FLAG_SOM_LEFTMOST | hyperscan.HS_FLAG_UTF8


def expression(pattern):
    parts = (pattern["startDelimiter"], pattern["pattern"], pattern["endDelimiter"])
    return "(?P<start>%s)(?P<secret>%s)(?P<end>%s)" % parts


def why_refused(pattern):
    try:
        hyperscan.Database().compile(expressions=[expression(pattern).encode()], ids=[0], elements=1, flags=[FLAGS])
        return None
    except Exception as error:
        return str(error)


given = json.load(sys.stdin)
refused = {each["id"]: why_refused(each) for each in given["patterns"]}
patterns = [each for each in given["patterns"] if refused[each["id"]] is None]
database = hyperscan.Database()
if patterns:
    database.compile(
        expressions=[expression(each).encode() for each in patterns],
        ids=list(range(len(patterns))),
        elements=len(patterns),
        flags=[FLAGS] * len(patterns),
    )
apart = [re.compile(expression(each).replace("\\z", "\\Z")) for each in patterns]


def found(content):
    matches = set()
    database.scan(content, match_event_handler=lambda rule, start, end, flags, context: matches.add((rule, start, end)))
    secrets = set()
    for rule, start, end in matches:
        pattern = patterns[rule]
        parts = apart[rule].match(content[start:end].decode())
        if parts is None:
            continue
        secret = parts.group("secret")
        if all(re.search(each, secret) for each in pattern["mustMatch"]) and not any(
            re.search(each, secret) for each in pattern["mustNotMatch"]
        ):
            secrets.add((pattern["id"], secret))
    return sorted(secrets)


lines = 0
in_files = []
for path in given["files"]:
    with open(path, "rb") as file:
        content = file.read()
    try:
        content.decode()
    except UnicodeDecodeError:
        continue
    lines += content.count(b"\n")
    in_files += [[path, rule] for rule, _ in found(content)]

json.dump(
    {
        "refused": {rule: why for rule, why in refused.items() if why is not None},
        "texts": [found(text.encode()) for text in given["texts"]] if patterns else [],
        "files": in_files,
        "lines": lines,
    },
    sys.stdout,
)
