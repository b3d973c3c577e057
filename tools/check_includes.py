#!/usr/bin/env python3
"""Checks that includes point one way: shell -> server -> net -> query, ingest -> graph; query and ingest never include each other.

Usage: tools/check_includes.py [ROOT]      prints each wrong include as file:line, exit code 1 when there is one
"""
import pathlib
import re
import sys

ALLOWED = {
    "graph": {"graph"},
    "query": {"query", "graph"},
    "ingest": {"ingest", "graph"},
    "net": {"net", "query", "graph"},
    "shell": {"shell", "server", "net", "query", "ingest", "graph"},
    "server": {"server", "net", "query", "ingest", "graph"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"/]+)/')


def main() -> int:
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    wrong = files = 0
    for layer, allowed in ALLOWED.items():
        for path in sorted((root / layer).rglob("*")):
            if path.suffix not in {".h", ".cc", ".S"}:
                continue
            files += 1
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if match and match.group(1) in ALLOWED and match.group(1) not in allowed:
                    print(f"{path.relative_to(root)}:{number}: {layer} may not include {match.group(1)}")
                    wrong += 1
    if files == 0:
        print(f"{root}: no sources found")
        return 1
    print(f"check_includes: {files} files, {wrong} wrong includes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
