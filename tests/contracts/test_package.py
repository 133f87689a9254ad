"""A wheel works without this folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from flows.paths import PROJECT_ROOT

RUN = "from flows.cli.app import main; main()"


def test_installed_package_brings_its_reference_data_and_its_models(tmp_path: Path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path]
    subprocess.run(build, cwd=PROJECT_ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    (tmp_path / "news.txt").write_text("In 2023, 1,250 batches of kettles were checked.\n")
    done = subprocess.run(
        [sys.executable, "-c", RUN, "extract", "news.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["number"] == "1,250"
    assert (installed / "flows" / "project" / "dbt_project" / "dbt_project.yml").is_file()
