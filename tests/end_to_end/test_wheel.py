"""The wheel: what is in it works away from the checkout and does not litter site-packages."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from newscrawler.project import project_folder
from tests.end_to_end.commands import environment

ROOMS = ("spiders", "pipelines", "feeds")


def test_the_wheel_runs_on_the_example(tmp_path: Path, examples: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(project_folder())],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        tops = {name.split("/")[0] for name in packed.namelist()}
        packed.extractall(installed)
    assert {top for top in tops if not top.endswith(".dist-info")} == {"newscrawler"}
    work = tmp_path / "work"
    work.mkdir()
    env = environment() | {"PYTHONPATH": str(installed)}
    where = f"import newscrawler.settings; print(*(__import__(room).__path__[0] for room in {ROOMS}))"
    paths = subprocess.run([sys.executable, "-c", where], cwd=work, env=env, capture_output=True, text=True, timeout=60)
    assert paths.stdout.split() == [str(installed / "newscrawler" / "_project" / room) for room in ROOMS], paths
    run = [sys.executable, "-m", "newscrawler", "run", "newsroom_test", "--saved", str(examples)]
    ended = subprocess.run(run, cwd=work, env=env, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    assert (work / "public" / "kk" / "turkistan" / "all.atom").is_file()
