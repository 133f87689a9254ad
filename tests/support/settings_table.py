"""The table of settings in `docs/operate.md`, made from `flows.settings.Settings`; `make docs-settings` writes it."""

from pydantic.fields import FieldInfo

from flows.paths import PROJECT_ROOT
from flows.settings import Settings

GUIDE = PROJECT_ROOT / "docs" / "operate.md"
START, END = "<!-- settings -->\n", "<!-- end of settings -->\n"


def make_settings_table() -> str:
    """Return one row per setting, in the order of the class."""
    prefix = Settings.model_config["env_prefix"]
    rows = [
        f"| `{prefix}{name.upper()}` | {format_default(field)} | {field.description} |\n"
        for name, field in Settings.model_fields.items()
    ]
    return "".join(["| variable | default | means |\n", "| --- | --- | --- |\n", *rows])


def format_default(field: FieldInfo) -> str:
    """Write a default as it can be given in the environment."""
    if field.default is None:
        return "not set"
    is_large = type(field.default) is int and field.default >= 100_000
    value = f"{field.default:_}" if is_large else str(field.default)
    return f"`{value.lower() if isinstance(field.default, bool) else value}`"


def replace_settings_table(guide: str) -> str:
    """Return the guide with the table as it is today."""
    before, _, rest = guide.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{make_settings_table()}\n{END}{after}"


if __name__ == "__main__":
    GUIDE.write_text(replace_settings_table(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
