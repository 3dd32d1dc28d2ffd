"""Run by `make test`: say in one line how to get a browser where there is none."""

import os
import sys

from tests.conftest import find_chromium

if __name__ == "__main__" and os.environ.get("SKIP_BROWSER") != "1" and find_chromium() is None:
    sys.exit(
        "No Chromium or Chrome found: install one (Debian: apt-get install chromium), name it in "
        "CHROMIUM_PATH, or leave the browser tests out with SKIP_BROWSER=1."
    )
