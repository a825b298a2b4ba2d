"""Names of months."""

# Every month in English, German, French, Spanish, Italian, Portuguese and Dutch; English first.
_NAMES = (
    "january januar janvier enero gennaio janeiro januari",
    "february februar fevrier février febrero febbraio fevereiro februari",
    "march märz maerz mars marzo março marco maart mrz",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
)
# The English names, lower case, and their abbreviations, capitalised, from January to December.
ENGLISH = tuple(names.split()[0] for names in _NAMES)
ABBREVIATED = tuple(name[:3].capitalize() for name in ENGLISH)


def _by_prefix() -> dict[str, int]:
    """Return the month's number for each prefix of a name, three letters or longer."""
    table: dict[str, int] = {}
    for number, names in enumerate(_NAMES, 1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                table.setdefault(name[:length], number)
    return table


_BY_PREFIX = _by_prefix()


def month_number(word: str) -> int:
    """Return the number, from 1, of the month that `word` names or abbreviates, or 0.

    Of an ambiguous prefix, such as "jui" in French, the earlier month.
    """
    return _BY_PREFIX.get(word.lower(), 0)
