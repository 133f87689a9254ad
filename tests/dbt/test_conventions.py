"""What the manifest of the dbt project has to hold.

dbt-bouncer checks names, layers, descriptions, contracts and keys (`dbt-bouncer.yml`).
"""

import os
import subprocess
import sys
from pathlib import Path

from flows.io.dbt import parse
from flows.paths import DBT_PROJECT


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


def test_models_that_replace_changed_rows_depend_on_the_changed_keys_and_do_not_read_themselves(
    built_warehouse,
):
    models = [
        node
        for node in parse(built_warehouse.settings).nodes.values()
        if node.config.get("incremental_strategy") == "replace_changed"
    ]
    parents = {model.name: {name.split(".")[-1] for name in model.depends_on.nodes} for model in models}
    assert len(models) == 10
    assert [m.name for m in models if not parents[m.name].issuperset(m.config.get("replaces"))] == []
    assert [m.name for m in models if "{{ this" in m.raw_code] == []
