"""A short form of `python -m benchmarks.kills`: killing a process at any moment loses nothing."""

import pytest

from benchmarks.kills import differences, kill_again_and_again

pytestmark = [pytest.mark.fault, pytest.mark.slow]

KILLS = 3


def test_a_job_that_was_killed_again_and_again_ends_as_an_undisturbed_one(begin_home, tmp_path):
    told = []
    begin_home(tmp_path / "disturbed")
    assert kill_again_and_again(tmp_path, KILLS, seed=3, tell=told.append) == {}
    assert sum("killed after" in line for line in told) >= 2


def test_tables_that_differ_are_told_by_the_rows_that_only_one_has():
    one = {"equal": ["a"], "differs": ["a", "b"], "only here": ["a"]}
    other = {"equal": ["a"], "differs": ["b", "c", "d"]}
    assert differences(one, other) == {"differs": (1, 2), "only here": (1, 0)}
