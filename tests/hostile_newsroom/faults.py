"""Every fault of the hostile newsroom by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.hostile_newsroom.answer_faults import ANSWER_FAULTS
from tests.hostile_newsroom.fault import Fault
from tests.hostile_newsroom.source_faults import HOST_FAULTS, SOURCE_FAULTS
from tests.hostile_newsroom.trap_faults import TRAP_FAULTS

FAULTS: Final[Mapping[str, Fault]] = {
    fault.name: fault for fault in (*HOST_FAULTS, *TRAP_FAULTS, *ANSWER_FAULTS, *SOURCE_FAULTS)
}
