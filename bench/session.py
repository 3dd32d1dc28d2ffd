"""One browser tab on a running console: opens pages, acts by the pages' own keys, measures.

It neither starts the console nor knows its pages.
"""

import json
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from bench.screen import Part, Screen
from bench.wire import Wire

WidgetValue = str | bool | float | Sequence[str]

# Which part of a WidgetState each kind of element reads.
_VALUE_PARTS = {
    "button": "trigger_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    "dataframe": "string_value",
    "multiselect": "string_array_value",
    "number_input": "double_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "text_area": "string_value",
    "text_input": "string_value",
}


class PageFailed(Exception):
    """The page answered with an exception, never finished, or lacks what was asked for."""


@dataclass(frozen=True, slots=True)
class Timing:
    """From the message in to the last delta out; `size_bytes` counts everything received."""

    milliseconds: float
    messages: int
    size_bytes: int


class BrowserSession(AbstractContextManager["BrowserSession"]):
    """A tab. Open a page, then act on what `screen` shows; every action waits for its run."""

    def __init__(self, base_url: str, *, timeout_seconds: float = 30) -> None:
        self.screen = Screen()
        self._base_url = base_url
        self._timeout_seconds = timeout_seconds
        self._page = ""
        self._page_script_hash = ""
        self._query = ""
        self._values: dict[str, WidgetState] = {}
        self._wire = Wire(base_url)

    def __exit__(self, *_: object) -> None:
        self._wire.close()

    def open_page(self, page: str = "", query: str = "") -> Timing:
        """Go to `/page?query` as a typed address does: nothing chosen before is kept.

        The default page has the empty path. Raises PageFailed like every action.
        """
        self._page, self._query, self._page_script_hash = page, query, ""
        self._values = {}
        return self.rerun()

    def set_value(self, key: str, value: WidgetValue) -> Timing:
        """Change one widget; in a fragment only that fragment answers."""
        return self.rerun(fragment_id=self.fill(key, value).fragment_id)

    def choose_rows(self, key: str, rows: Sequence[int]) -> Timing:
        """Select rows of a table, counted from 0 in the order it was sent."""
        selection = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
        return self.set_value(key, json.dumps(selection))

    def press(self, key: str) -> Timing:
        """Press a button; like in a browser, the next run does not see it pressed."""
        part = self.fill(key, True)
        try:
            return self.rerun(fragment_id=part.fragment_id)
        finally:
            self._values.pop(part.widget_id, None)

    def fill(self, key: str, value: WidgetValue) -> Part:
        """Change a widget without telling the server yet, as in a form."""
        part = self.screen.find(key)
        if part is None:
            raise PageFailed(f"no widget {key!r} on /{self._page}, only {self.screen.keys()}")
        state = WidgetState(id=part.widget_id)
        name = _VALUE_PARTS[part.kind]
        if name == "string_array_value":
            assert isinstance(value, Sequence), f"{key} takes a list"
            state.string_array_value.data.extend(value)
        else:
            setattr(state, name, value)
        self._values[part.widget_id] = state
        return part

    def rerun(self, *, fragment_id: str = "") -> Timing:
        """Send what the tab knows and wait until the server is done with the run."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string = self._query
        run.page_script_hash = self._page_script_hash
        run.page_name = "" if self._page_script_hash else self._page
        run.fragment_id = fragment_id
        run.cached_message_hashes.extend(self._wire.cached_hashes)
        run.widget_states.CopyFrom(WidgetStates(widgets=self._values.values()))
        run.context_info.timezone = "America/Denver"
        run.context_info.locale = "en-US"
        run.context_info.url = f"{self._base_url}/{self._page}"
        run.context_info.color_scheme = "light"
        return self._exchange(message.SerializeToString())

    def _exchange(self, request: bytes) -> Timing:
        started = last_delta = time.perf_counter()
        messages = size_bytes = 0
        has_finished = False
        self._wire.send(request)
        while True:
            message, size, arrived = self._receive(started + self._timeout_seconds)
            messages, size_bytes = messages + 1, size_bytes + size
            match message.WhichOneof("type"):
                case "delta":
                    last_delta = arrived
                    self._draw(message)
                case "script_finished":
                    has_finished = self._finish(message)
                # It follows the end of a run at once; read here, the next run does not meet it.
                case "session_status_changed" if has_finished:
                    return Timing((last_delta - started) * 1000, messages, size_bytes)
                case _:
                    self._follow(message)

    def _receive(self, deadline: float) -> tuple[ForwardMsg, int, float]:
        try:
            return self._wire.receive(deadline)
        except TimeoutError:
            limit = f"{self._timeout_seconds:g} seconds"
            raise PageFailed(f"/{self._page} was not drawn within {limit}") from None

    def _draw(self, message: ForwardMsg) -> None:
        part = self.screen.draw(message.metadata.delta_path, message.delta)
        if part is not None and getattr(part.content, "set_value", False):
            # The page changed the value itself: the server knows it, ours is outdated.
            self._values.pop(part.widget_id, None)

    def _follow(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._page_script_hash = message.new_session.page_script_hash
                self.screen.begin(message.metadata.run.fragment_ids)
            case "navigation":
                self._page_script_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "page_not_found":
                raise PageFailed(f"the console has no page {self._page!r}")

    def _finish(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise PageFailed(f"/{self._page} does not compile")
        self.screen.finish()
        shown = {part.widget_id for part in self.screen}
        self._values = {key: state for key, state in self._values.items() if key in shown}
        if self.screen.exceptions():
            raise PageFailed(f"/{self._page} shows: {'; '.join(self.screen.exceptions())}")
        return True
