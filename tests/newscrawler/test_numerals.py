import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.numerals import numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("төрт миллион екі жүз мың гектар", [4_200_000]),
        ("4,2 млн гектаров", [4_200_000]),
        ("4 200 000 и 4\u00a0200", [4_200_000, 4200]),
        ("он сегіз жарым центнер", [18.5]),
        ("жиырма екі мың адам", [22_000]),
        ("сто пятьдесят миллионов", [150_000_000]),
        ("сорока трёх градусов, двухсот тысяч", [43, 200_000]),
        ("двадцать два; тысяча двести", [22, 1200]),
        ("полтора миллиона", [1_500_000]),
        ("екі миллион үш мың бес", [2_003_005]),
        ("үш төрт", [3, 4]),
        ("жүз", [100]),
        ("он екі жүз", [12, 100]),
        ("3:1 есебімен 18-19 мамырда", [3, 1, 18, 19]),
        ("мың тоғыз жүз тоқсан бірінші жыл", [1990]),
        ("2024 2025", [2024, 2025]),
        ("млн", [1_000_000]),
        ("он пришёл, оны көрдім, одна машина", [10]),
        ("сандар жоқ", []),
        ("", []),
    ],
)
def test_numbers_in_digits_and_words(text: str, numbers: list[float]) -> None:
    assert numbers_in(text) == numbers


def test_a_number_too_long_to_be_one_is_left_out() -> None:
    assert numbers_in("1" * 40) == []


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))
