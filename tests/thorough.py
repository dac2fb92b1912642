"""How thoroughly looks are tried: in the language with the longest words, or in all five.

`NAVBAT_THOROUGH=1 ./run test` tries all; without it the suite stays within ten minutes.
"""

import os

from config.languages import LANGUAGES

THOROUGH = bool(os.environ.get("NAVBAT_THOROUGH"))
LOOKED_AT = tuple(LANGUAGES) if THOROUGH else ("ru",)
