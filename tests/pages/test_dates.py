"""The date grammar: cases as data, spans, roles, negative cases, linear time."""

from __future__ import annotations

import pytest

from bialign.pages.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("line", "stamp", "role"),
    [
        ("تم النشر بتاريخ : 12 فبراير، 2018 11:29:33 ص خبر", "2018-02-12T11:29:33", "published"),
        ("التاريخ:\n03 يونيو 2020م", "2020-06-03", "published"),
        ("تاريخ النشر: 27th, October 2023 GMT", "2023-10-27", "published"),
    ],
)
def test_lines(line, stamp, role):
    found = find_dates(line)
    assert [(d.stamp, d.role) for d in found] == [(stamp, role)]


def test_time_with_its_own_cue_is_the_update():
    day, update = find_dates("الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)")
    assert (day.stamp, day.role) == ("2013-08-04", None)
    assert (update.stamp, update.role) == ("2013-08-04T02:21+04:00", "updated")


def test_no_date():
    assert parse_date("phone 011-222-3333 2-1 12.50 v1.2.2018 رقم 12/3/2018 (2/255) in 2018") is None
