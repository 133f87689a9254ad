"""dbt-bouncer reads the manifest of the project: names, layers, descriptions, contracts and keys (dbt-bouncer.yml)."""

import os
import subprocess
import sys
from pathlib import Path

from flows.io.dbt import parse
from flows.settings import DBT_PROJECT


def test_dbt_project_keeps_its_conventions(built_warehouse, tmp_path):
    (tmp_path / "target").mkdir()
    parse(built_warehouse.settings).write(str(tmp_path / "target" / "manifest.json"))
    done = subprocess.run(
        [
            Path(sys.executable).parent / "dbt-bouncer",
            "run",
            "--config-file",
            DBT_PROJECT / "dbt-bouncer.yml",
        ],
        env=os.environ | {"DBT_PROJECT_DIR": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARN=0 ERROR=0" in done.stdout + done.stderr
