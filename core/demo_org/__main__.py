"""The command `python -m core.demo_org`: parse, then serve."""

import argparse
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from core.demo_org.config import DemoOrgConfig
from core.demo_org.server import PORT_TAKEN_STATUS, PortTakenError, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo org; return the exit status, 3 for an address that cannot be had."""
    options = _parser().parse_args(arguments)
    if options.exit_with_stdin:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        serve(_config(options))
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return PORT_TAKEN_STATUS
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core.demo_org", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="directory of its data")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8502, help="0 takes a free one")
    parser.add_argument("--public-url", help="the address that tokens name as the instance")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--exit-with-stdin", action="store_true", help="end when the parent does")
    parser.add_argument("--callback-url", action="append", default=[], metavar="ORG=URL")
    parser.add_argument("--seed-secret", action="append", default=[], metavar="ORG=SECRET")
    parser.add_argument("--session-seconds", type=int, default=7200, help="life of a token")
    parser.add_argument("--reset", action="store_true", help="forget all data first")
    return parser


def _config(options: argparse.Namespace) -> DemoOrgConfig:
    callback_urls: dict[str, tuple[str, ...]] = {}
    for org_key, url in map(_pair, options.callback_url):
        callback_urls[org_key] = (*callback_urls.get(org_key, ()), url)
    return DemoOrgConfig(
        home=options.home,
        host=options.host,
        port=options.port,
        public_url=options.public_url,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
        callback_urls=callback_urls,
        seed_secrets=dict(map(_pair, options.seed_secret)),
        session_seconds=options.session_seconds,
        reset=options.reset,
    )


def _pair(text: str) -> tuple[str, str]:
    key, mark, value = text.partition("=")
    if not mark:
        raise SystemExit(f"Write it as ORG=VALUE, not {text}.")
    return key, value


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    raise SystemExit(main())
