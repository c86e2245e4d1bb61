"""What the drafts are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.project import project_folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The saved pages that the project ships."""
    return project_folder() / "examples" / "newsroom.test"
