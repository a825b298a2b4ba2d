"""Display names taken apart: given name, particle, family name, suffix."""

import re
from dataclasses import dataclass

_PARTICLE = re.compile(
    "af|al|ap|auf|av|bin|bint|da|dal|dalla|das|de|degli|dei|del|della|dello|den|der|des|di|do|dos"
    "|du|el|en|het|ibn|la|las|le|los|of|op|san|st[.]|'t|te|ten|ter|the|til|to|tot|van|vanden"
    "|vander|ver|vom|von|zu|zum|zur"
)
_SUFFIX = re.compile(r"[js]r\.?|i{2,3}|iv", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:collaborations?|consortium|teams?|group|committee|institute|universit\w+|laborator\w+"
    r"|society|association|organi[sz]ation|project|network|initiative|et al|and|others)\b|,|&",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts; a body of people, or one single word, has only a family name."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def sorted(self) -> str:
        """The name as reference managers sort it: "van Beethoven Jr., Ludwig"."""
        last = " ".join(part for part in (self.particle, self.family, self.suffix) if part)
        return f"{last}, {self.given}" if self.given else last


def split(name: str) -> Name:
    """Take a display name apart; the parts joined by spaces in reading order are the name."""
    words = name.split()
    if len(words) < 2 or _BODY.search(name):
        return Name(name)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    last = len(words) - 1
    first = last
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    return Name(
        family=words[last],
        given=" ".join(words[:first]),
        particle=" ".join(words[first:last]),
        suffix=suffix,
    )
