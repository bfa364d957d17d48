"""A hundred damaged and lying pictures, the same every time; `make fuzz` tries a thousand."""

from tests.fuzz.pictures import Run


def test_a_hundred_damaged_pictures_end_as_pixels_or_as_a_refusal():
    run = Run(100, seed=20)
    assert run.wrong == []
    assert run.taken + sum(run.refused.values()) == 100
    assert run.taken > 20 and sum(run.refused.values()) > 20  # both ends were reached
