import inspect
from types import ModuleType

import pytest

from archive import errors as archive_errors
from index import errors as index_errors
from onrecord.errors import EXIT_CODES, CommandError, ExitCode, exit_code


def errors_of(module: ModuleType) -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", [*errors_of(archive_errors), *errors_of(index_errors)])
def test_every_error_of_the_rooms_has_its_own_exit_code(kind: type[Exception]) -> None:
    assert kind in EXIT_CODES


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (index_errors.BadQuery("x"), 2),
        (index_errors.QueryLimit("x"), 2),
        (archive_errors.StoreMissing("x"), 3),
        (index_errors.IndexMissing("x"), 3),
        (index_errors.IndexDamaged("x"), 3),
        (archive_errors.StoreLocked("x"), 4),
        (index_errors.IndexLocked("x"), 4),
        (CommandError("x"), 1),
        (CommandError("x", ExitCode.UNUSABLE), 3),
    ],
)
def test_codes_are_those_of_the_contract(error: Exception, code: int) -> None:
    assert exit_code(error) == code


def test_a_subclass_has_the_code_of_its_kind() -> None:
    class Newer(index_errors.IndexDamaged):
        pass

    assert exit_code(Newer("x")) == 3


def test_any_other_error_is_a_mistake_of_ours() -> None:
    assert exit_code(ZeroDivisionError()) is None
