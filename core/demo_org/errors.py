"""The refusals of the platform, in its own codes. Never shared with the console's error tree."""

from typing import Any, Self


class ApiError(Exception):
    """One refusal. `extra` joins the error object, for duplicate results.

    `others` are further refusals of the same record, which are answered together.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        fields: tuple[str, ...] | None = None,
        extra: dict[str, Any] | None = None,
        others: "tuple[ApiError, ...]" = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.fields = fields
        self.extra = extra or {}
        self.others = others

    def body(self) -> list[dict[str, Any]]:
        """Return the error as single-record resources answer it."""
        error: dict[str, Any] = {**self.extra, "message": self.message, "errorCode": self.code}
        if self.fields is not None:
            error["fields"] = list(self.fields)
        return [error, *(each for other in self.others for each in other.body())]

    def rows(self) -> list[dict[str, Any]]:
        """Return the errors as a row of a collection answers them."""
        return [self._row(), *(each for other in self.others for each in other.rows())]

    def _row(self) -> dict[str, Any]:
        extra = {key.replace("Resut", "Result"): value for key, value in self.extra.items()}
        return {
            **extra,
            "statusCode": self.code,
            "message": self.message,
            "fields": list(self.fields or ()),
        }

    @classmethod
    def not_found(cls) -> Self:
        return cls("NOT_FOUND", "The requested resource does not exist", status=404)

    @classmethod
    def session(cls, message: str = "Session expired or invalid") -> Self:
        return cls("INVALID_SESSION_ID", message, status=401)


class OAuthError(Exception):
    """A refusal of the OAuth endpoints, answered as JSON or drawn as a page."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status
