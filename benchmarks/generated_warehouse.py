"""Generated raw batches of any size, the same for the same seed, which load like real ones.

The texts are English and Chinese sentences with one figure each, and each quote is at its offsets. Whatever makes
a warehouse hard is drawn at random: facts that many documents state, exactly, rounded, as a bound or differently;
figures without indicator or period, targets, parts, predecessors of agencies, documents that are corrected at
their address, and quarantined rows. Everything is made in columns, so that a million figures take seconds. The
content of a document depends only on the seed and its number, not on its batch.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from zlib import crc32

import polars as pl

from flows.io.seeds.tables import read_seed_tables
from flows.io.warehouse.loading import Batch
from flows.io.warehouse.tables import RAW_TABLES
from flows.paths import SEEDS

FIRST_YEAR = 2000
FIRST_LANDING = datetime(2026, 1, 1)
BREAKDOWNS = ("imported", "online", "children", "rural", "food", "toys", "exported", "small enterprises")
HEADING, OBJECTIVE, CITATION = "I. Aims", "Quality is to be raised.", "See the "
# How many of a hundred documents are of this kind; the rest are news.
DOCUMENT_TYPES = {
    "press_release": 30, "press_conference": 12, "notice": 8, "statistical_bulletin": 5, "outline": 5,
}  # fmt: skip
BOUNDS = {"more_than": 6, "about": 5, "at_least": 3, "nearly": 2, "at_most": 2, "less_than": 2}
KINDS = {"growth_rate": 12, "share": 6, "cumulative": 4, "change": 3, "rank": 1}
BOUND_WORDS = {
    "en": {"exact": "", "more_than": "more than ", "about": "about ", "at_least": "at least ",
           "nearly": "nearly ", "at_most": "at most ", "less_than": "less than "},
    "zh": {"exact": "", "more_than": "超过", "about": "约", "at_least": "至少", "nearly": "近", "at_most": "最多",
           "less_than": "不到"},
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """The facts that documents can state; in a small world even few documents state the same ones.

    `slips` is the share of values that are ten times too large.
    """

    seed: int = 0
    figures_per_document: int = 20
    indicators: int = 1000
    areas: int = 40
    years: int = 25
    slips: float = 0.001


@dataclass(frozen=True)
class Reading:
    """One text as read by one version of the extractor.

    Editions 1 and later are corrections of edition 0. Another `extractor` finds other figures; one that cannot read
    the text sets it aside. `landed` holds the addresses where its bytes were seen, as numbers, each with its
    second; `loaded` is the second of its load. Seconds count from FIRST_LANDING.
    """

    number: int
    edition: int = 0
    extractor: int = 0
    is_readable: bool = True
    landed: tuple[tuple[int, int], ...] = ()
    loaded: int = 0


def new_readings(numbers: Sequence[int], *, edition: int = 0, second: int = 0) -> list[Reading]:
    """Return texts that landed in that second, each at the address of its number, and were loaded at once."""
    return [Reading(number, edition, landed=((number, second),), loaded=second) for number in numbers]


def generate_batch(readings: Sequence[Reading], world: World) -> Batch:
    """Generate the rows of these texts for every raw table; a text may occur only once.

    The rows are valid against `schemas/`, which only the tests check: validating a million takes longer than making
    them.
    """
    documents = _draw_documents(readings, world)
    figures = _with_offsets(_with_words(_draw_figures(documents, world)))
    documents = _with_texts(documents, figures)
    identified = documents.select("number", "edition", "doc_id", "is_readable")
    figures = figures.join(identified, on=["number", "edition"], maintain_order="left")
    found = figures.filter("is_readable", "is_found").with_columns(number="number_text")
    readable = documents.filter("is_readable")
    made = {
        "documents": readable,
        "figures": found,
        "outline_items": _outline_items(readable),
        "objectives": _objectives(readable),
        "citations": _citations(readable),
        "notes": _notes(found),
        "quarantine": _quarantine(documents),
        "landings": _landings(readings, documents),
        "ingestions": _ingestions(documents, found),
    }
    return Batch(**{table: _shaped(made.get(table), table) for table in RAW_TABLES})


def _shaped(made: pl.DataFrame | None, table: str) -> pl.DataFrame:
    """Select the columns of the raw table in order and type; those not made here are null."""
    schema = RAW_TABLES[table].empty().schema
    if made is None:
        return pl.DataFrame(schema=schema)
    return made.select(
        (pl.col(column) if column in made.columns else pl.lit(None)).cast(kind).alias(column)
        for column, kind in schema.items()
    )


def _draw_documents(readings: Sequence[Reading], world: World) -> pl.DataFrame:
    """Draw one row per text, with everything that does not depend on its words; key `number, edition`."""
    rows = pl.DataFrame(
        {
            "number": [reading.number for reading in readings],
            "edition": [reading.edition for reading in readings],
            "extractor": [reading.extractor for reading in readings],
            "is_readable": [reading.is_readable for reading in readings],
            "address": [max(reading.landed, key=lambda landing: landing[1])[0] for reading in readings],
            "landed_at": [_moment(max(second for _, second in reading.landed)) for reading in readings],
            "loaded_at": [_moment(reading.loaded) for reading in readings],
        }
    )
    day = pl.date(FIRST_YEAR + 1, 1, 10) + pl.duration(
        days=(_draw(world, "day", "number") * 365 * world.years).cast(pl.Int64) + 20 * pl.col("edition")
    )
    return rows.with_columns(
        language=_choose(_draw(world, "language", "number"), {"zh": 40}, "en"),
        document_type=_choose(_draw(world, "type", "number"), DOCUMENT_TYPES, "news"),
        published_at=pl.when(_draw(world, "is_dated", "number") < 0.97).then(day),
        published_year=day.dt.year(),
        event_at=pl.when(_draw(world, "has_event", "number") < 0.2).then(day - pl.duration(days=1)),
        publisher=pl.format("Publisher {}", _place(_draw(world, "publisher", "number"), 60)),
        address=pl.format("https://example.org/reports/{}", "address"),
        file_name=pl.format("report-{}.txt", "number"),
        title=pl.format("Report {} on quality", "number"),
        figures_quarantined=(_draw(world, "quarantine", "number", "extractor") < 0.01).cast(pl.Int64),
        extractor_version=pl.format("{}", "extractor"),
        media_type=pl.lit("text/plain"),
        boilerplate=pl.lit("[]"),
        page_starts=pl.lit("[]"),
        # Drawn with the extractor, since a document that lands again may come with another licence.
        licence=_choose(
            _draw(world, "licence", "number", "extractor"),
            {"ogl_uk_3": 30, "all_rights_reserved": 30, "unlisted": 5},
            "not_stated",
        ),
        source_url=pl.format("https://example.org/reports/{}", "address"),
        title_raw=pl.format("Report {} on quality", "number"),
        policy_place=pl.when(_draw(world, "cites", "number") < 0.3).then(
            _place(_draw(world, "policy", "number") ** 2, len(_policies()))
        ),
    ).join(_numbered(_policies(), "policy_place"), on="policy_place", how="left", maintain_order="left")


def _draw_figures(documents: pl.DataFrame, world: World) -> pl.DataFrame:
    """Draw one row per figure, with the fact that it states; key `number, edition, place`.

    Most draws ignore the edition, so that a correction changes only a few figures.
    """
    count = 1 + _place(_draw(world, "figures", "number"), 2 * world.figures_per_document - 1)
    rows = (
        documents.select(
            "number", "edition", "extractor", "language", "document_type", "policy_name", "published_at",
            "published_year",
            place=pl.int_ranges(0, count),
        ).explode("place")
    )  # fmt: skip

    def draw(name: str, *more: str) -> pl.Expr:
        return _draw(world, name, "number", "place", *more)

    rows = rows.with_columns(
        indicator_place=pl.when(draw("is_mapped") < 0.67).then(
            _place(draw("indicator") ** 1.5, min(world.indicators, len(_indicators())))
        ),
        area_place=_place(draw("area") ** 2, min(world.areas, len(_areas()))),
        breakdown=pl.when(draw("is_part") < 0.15).then(
            _choose(draw("part"), dict.fromkeys(BREAKDOWNS, 12), "goods")
        ),
        kind=_choose(draw("kind"), KINDS, "level"),
        status=_choose(draw("status"), {"target": 5, "estimate": 1}, "actual"),
        bound=_choose(draw("bound"), BOUNDS, "exact"),
        period=draw("period"),
        years_before=_place(draw("years_before") ** 4, 6),
        precision=draw("precision"),
        is_found=(pl.col("extractor") == 0) | (draw("is_found", "extractor") < 0.9),
        confidence=(0.6 + 0.4 * draw("confidence")).round(2),
    )
    rows = rows.with_columns(
        # An indicator has its agency; sometimes another one states it, and often none is named.
        agency_place=pl.when(draw("has_agency") < 0.8)
        .then(_place(_draw(world, "agency", "indicator_place"), len(_agencies())))
        .when(draw("has_agency") < 0.87)
        .then(_place(draw("agency"), len(_agencies()))),
        deviation=_deviation(world, draw("deviates", "edition"), draw("deviation", "edition")),
    )
    for place, codes in (
        ("indicator_place", _indicators()),
        ("area_place", _areas()),
        ("agency_place", _agencies()),
    ):
        rows = rows.join(_numbered(codes, place), on=place, how="left", maintain_order="left")
    return _with_values(_with_periods(rows), world)


def _with_periods(figures: pl.DataFrame) -> pl.DataFrame:
    """Add periods: usually whole years, else parts of one, months, five years, a state at a day, or none."""
    year = (
        pl.when(pl.col("status") == "target")
        .then(pl.col("published_year") + pl.col("years_before"))
        .otherwise(pl.col("published_year") - 1 - pl.col("years_before"))
    )
    period = pl.col("period")
    return (
        figures.with_columns(year=year)
        .with_columns(
            period_start=pl.when(period < 0.74).then(pl.date(year, 1, 1))
            .when(period < 0.78).then(pl.date(year, 6, 1))
            .when((period >= 0.86) & (period < 0.89)).then(pl.date(year - 4, 1, 1)),
            period_end=pl.when(period < 0.66).then(pl.date(year, 12, 31))
            .when(period < 0.74).then(pl.date(year, 9, 30))
            .when(period < 0.78).then(pl.date(year, 6, 30))
            .when(period < 0.89).then(pl.date(year, 12, 31))
            .when(period < 0.95).then("published_at"),
        )
        .with_columns(
            period_basis=pl.when(pl.col("period_end").is_null()).then(None)
            .when(period >= 0.89).then(pl.lit("document_date"))
            .when(period < 0.10).then(pl.lit("inherited"))
            .otherwise(pl.lit("stated")),
        )
    )  # fmt: skip


def _with_values(figures: pl.DataFrame, world: World) -> pl.DataFrame:
    """Add the true value of the fact, which is the same for all its figures, and the value that this figure states.

    The written value is `digits` times `scale`: 6.73 million, 67.3万.
    """
    figures = figures.with_columns(
        fact=pl.struct("indicator", "ref_area", "breakdown", "kind").hash(world.seed)
    )
    size = _draw(world, "size", "fact")
    trend = (0.8 + 0.5 * _draw(world, "trend", "fact")) ** ((pl.col("year") - FIRST_YEAR) / 10)
    noise = 0.95 + 0.1 * _draw(world, "noise", "fact", "year", "period_end")
    is_percent = pl.col("kind").is_in(["growth_rate", "share"]) | pl.coalesce(
        "unit_measure", pl.lit("count")
    ).is_in(["percent", "score"])
    truth = (
        pl.when(pl.col("kind") == "rank")
        .then(1 + (40 * noise - 38).round(0))
        .when(is_percent)
        .then((60 + 30 * size) * noise)
        .otherwise(10 ** (1 + 7 * size) * trend * noise)
    )
    unit = (
        pl.when(pl.col("kind").is_in(["growth_rate", "share"])).then(pl.lit("percent"))
        .when(pl.col("kind") == "rank").then(pl.lit("rank"))
        .otherwise(pl.coalesce("unit_measure", pl.lit("count")))
    )  # fmt: skip
    is_large = truth >= 1e6
    scale = pl.when(~is_large).then(1.0).when(pl.col("language") == "zh").then(1e4).otherwise(1e6)
    stated = truth * pl.col("deviation")
    stated = pl.when(is_percent).then(stated.clip(upper_bound=100)).otherwise(stated)
    is_rounded = (pl.col("precision") < 0.4) | (pl.col("bound") != "exact")
    digits = (
        pl.when(is_percent).then(pl.when(is_rounded).then(stated.round(1)).otherwise(stated.round(2)))
        .when(is_large).then(pl.when(is_rounded).then((stated / scale).round(1)).otherwise((stated / scale).round(4)))
        .otherwise(pl.when(is_rounded).then(stated.round_sig_figs(3).round(0)).otherwise(stated.round(0)))
    )  # fmt: skip
    return figures.with_columns(
        unit=unit, scale=scale, digits=digits, value=digits * scale, is_whole=~is_percent & ~is_large
    )


def _with_words(figures: pl.DataFrame) -> pl.DataFrame:
    """Add the words of each figure: `head` + `quote` + `tail` is its sentence."""
    is_chinese = pl.col("language") == "zh"
    digits = (
        pl.when("is_whole")
        .then(pl.col("digits").cast(pl.Int64).cast(pl.String))
        .otherwise(pl.col("digits").cast(pl.String))
    )
    scale_word = (
        pl.when(pl.col("scale") == 1e6)
        .then(pl.lit(" million"))
        .when(pl.col("scale") == 1e4)
        .then(pl.lit("万"))
        .otherwise(pl.lit(""))
    )
    number = (
        digits + scale_word + pl.when(pl.col("unit") == "percent").then(pl.lit("%")).otherwise(pl.lit(""))
    )
    bound = pl.coalesce(
        pl.when(pl.col("language") == language).then(pl.col("bound").replace_strict(words))
        for language, words in BOUND_WORDS.items()
    )
    things = pl.when(pl.col("unit") == "count").then(pl.coalesce("counted", pl.lit("items")))
    year = pl.col("year").cast(pl.String)
    part = pl.coalesce(pl.col("breakdown"), pl.lit("all"))
    end_of_line = pl.when(pl.col("place") % 5 == 4).then(pl.lit("\n")).otherwise(pl.lit(" "))
    topic = pl.coalesce(pl.when(is_chinese).then("name_zh").otherwise("name_en"), pl.lit("things seen"))
    return figures.with_columns(
        number_text=number,
        counted=things,
        measure=pl.col("name_en"),
        quote=bound + number + pl.coalesce(pl.lit(" ") + things, pl.lit("")),
        head=pl.when(is_chinese)
        .then(pl.format("{}年，{}{}（{}）为", year, "area_name_zh", topic, part))
        .otherwise(pl.format("In {}, {} in {} ({}) came to ", year, topic, "area_name_en", part)),
        tail=pl.when(is_chinese).then(pl.lit("。")).otherwise(pl.lit(".")),
        end_of_line=end_of_line,
    )


def _with_offsets(figures: pl.DataFrame) -> pl.DataFrame:
    """Add the offsets of each figure's words in the text, after its first lines (`_opening`)."""
    of_text = ["number", "edition"]
    length = sum(pl.col(words).str.len_chars().cast(pl.Int64) for words in ("head", "quote", "tail"))
    return (
        figures.with_columns(opening=_opening(), length=length)
        .with_columns(
            sentence_start=pl.col("opening").str.len_chars()
            + (pl.col("length") + 1).cum_sum().over(of_text)
            - pl.col("length") - 1
        )
        .with_columns(
            sentence_end=pl.col("sentence_start") + pl.col("length"),
            start=pl.col("sentence_start") + pl.col("head").str.len_chars(),
        )
        .with_columns(
            end=pl.col("start") + pl.col("quote").str.len_chars(),
            context_start=pl.coalesce(
                pl.col("sentence_start").shift(1).over([*of_text, pl.col("place") // 5]), "sentence_start"
            ),
            context_end=pl.coalesce(
                pl.col("sentence_end").shift(-1).over([*of_text, pl.col("place") // 5]), "sentence_end"
            ),
            reasons=_reasons(),
        )
    )  # fmt: skip


def _opening() -> pl.Expr:
    """Write the first lines of a text, which make every text unique; an outline has a heading and an aim."""
    correction = pl.when(pl.col("edition") > 0).then(pl.format("Correction {}.\n", "edition"))
    aims = pl.when(pl.col("document_type") == "outline").then(pl.lit(f"{HEADING}\n{OBJECTIVE}\n"))
    cited = pl.format("{}{}.\n", pl.lit(CITATION), "policy_name")
    return pl.concat_str(
        pl.format("Report {} on quality\n", "number"), correction, cited, aims, ignore_nulls=True
    )


def _with_texts(documents: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Add the text that the sentences make up, and its SHA-256."""
    sentences = pl.concat_str("head", "quote", "tail", "end_of_line")
    texts = figures.group_by("number", "edition", maintain_order=True).agg(body=sentences.str.join())
    documents = documents.join(texts, on=["number", "edition"], maintain_order="left").with_columns(
        text=_opening() + pl.col("body")
    )
    return documents.with_columns(
        doc_id=documents["text"].map_elements(_sha256, pl.String),
        size_bytes=pl.col("text").str.len_bytes(),
        sidecar_sha256=documents["address"].map_elements(_sha256, pl.String),
    )


def _reasons() -> pl.Expr:
    """Give the reason of each null, as JSON."""
    nulls = {
        "value_max": ("not_applicable", pl.lit(True)),
        "speaker": ("not_stated", pl.lit(True)),
        "indicator": ("unmapped", pl.col("indicator").is_null()),
        "measure": ("unmapped", pl.col("measure").is_null()),
        "agency": ("not_stated", pl.col("agency").is_null()),
        "breakdown": ("not_stated", pl.col("breakdown").is_null()),
        "period_start": ("not_stated", pl.col("period_start").is_null()),
        "period_end": ("ambiguous", pl.col("period_end").is_null()),
    }
    pairs = [
        pl.when(is_null).then(pl.lit(f'"{field}": "{reason}"')) for field, (reason, is_null) in nulls.items()
    ]
    return pl.lit("{") + pl.concat_str(pairs, separator=", ", ignore_nulls=True) + pl.lit("}")


def _outline_items(documents: pl.DataFrame) -> pl.DataFrame:
    outlines = documents.filter(pl.col("document_type") == "outline")
    start = outlines["text"].str.find(HEADING, literal=True)
    return outlines.with_columns(
        level=1, number=pl.lit("I"), title=pl.lit("Aims"), title_raw=pl.lit("Aims"), body=pl.lit(OBJECTIVE),
        start=start, end=start + len(HEADING), indicators=_listed_indicator(),
    )  # fmt: skip


def _objectives(documents: pl.DataFrame) -> pl.DataFrame:
    outlines = documents.filter(pl.col("document_type") == "outline")
    start = outlines["text"].str.find(OBJECTIVE, literal=True)
    return outlines.with_columns(
        outline_start=outlines["text"].str.find(HEADING, literal=True),
        quote=pl.lit(OBJECTIVE), start=start, end=start + len(OBJECTIVE),
        is_quantified=False, indicators=_listed_indicator(), reasons=pl.lit('{"deadline": "not_stated"}'),
    )  # fmt: skip


def _citations(documents: pl.DataFrame) -> pl.DataFrame:
    citing = documents.filter(pl.col("policy").is_not_null())
    start = citing["text"].str.find(CITATION, literal=True) + len(CITATION)
    return citing.with_columns(
        relation=_choose((pl.col("number") % 10) / 10, {"implements": 20, "reports_on": 20}, "cites"),
        quote=pl.col("policy_name"), start=start, end=start + pl.col("policy_name").str.len_chars(),
        reasons=pl.lit("{}"),
    )  # fmt: skip


def _notes(figures: pl.DataFrame) -> pl.DataFrame:
    """Note the first figure of some documents."""
    return figures.filter(pl.col("place") == 0, pl.col("precision") < 0.1).with_columns(
        rule=pl.lit("share_of_whole"), stated=pl.col("value"), found=pl.col("value") + 1,
        explanation=pl.lit("Its parts say something else."),
    )  # fmt: skip


def _quarantine(documents: pl.DataFrame) -> pl.DataFrame:
    """Quarantine a figure of some documents, and every document that could not be read."""
    set_aside = documents.filter(~pl.col("is_readable")).with_columns(
        subject=pl.lit("document"), record=pl.lit(None, pl.String), rule=pl.lit("unreadable"),
        reason=pl.lit("It cannot be read."), evidence=pl.lit(None, pl.String),
    )  # fmt: skip
    figures = documents.filter("is_readable", pl.col("figures_quarantined") > 0).with_columns(
        subject=pl.lit("figure"), record=pl.lit("0:6"), rule=pl.lit("share_is_a_part"),
        reason=pl.lit("A share of a whole exceeds 100 percent."), evidence=pl.lit('{"value": 120}'),
    )  # fmt: skip
    return pl.concat([set_aside, figures]).with_columns(quarantine_id=pl.col("rule") + "|" + pl.col("doc_id"))


def _landings(readings: Sequence[Reading], documents: pl.DataFrame) -> pl.DataFrame:
    landed = [(one.number, one.edition, *landing) for one in readings for landing in one.landed]
    rows = pl.DataFrame(
        [(number, edition, f"https://example.org/reports/{address}", _moment(second))
         for number, edition, address, second in landed],
        schema=["number", "edition", "address", "landed_at"], orient="row",
    )  # fmt: skip
    return rows.join(documents.select("number", "edition", "doc_id"), on=["number", "edition"])


def _ingestions(documents: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Make the ledger: the outcome of each text."""
    loaded = figures.group_by("doc_id").agg(figures_loaded=pl.len().cast(pl.Int64))
    is_outline = (pl.col("document_type") == "outline") & pl.col("is_readable")
    return (
        documents.join(loaded, on="doc_id", how="left", maintain_order="left")
        .with_columns(
            outcome=pl.when("is_readable").then(pl.lit("loaded")).otherwise(pl.lit("quarantined")),
            figures_loaded=pl.col("figures_loaded").fill_null(0),
            figures_quarantined=pl.when("is_readable").then("figures_quarantined").otherwise(0),
            outline_items_loaded=is_outline.cast(pl.Int64),
        )
        .with_columns(figures_in=pl.col("figures_loaded") + pl.col("figures_quarantined"))
    )


def _listed_indicator() -> pl.Expr:
    """Return a JSON list of the indicator that is stated most."""
    return pl.lit(json.dumps([_indicators()["indicator"][0]]))


@cache
def _indicators() -> pl.DataFrame:
    return read_seed_tables(SEEDS)["indicators"].select(
        "name_en", "name_zh", "unit_measure", "counted", indicator="indicator_id"
    )


@cache
def _areas() -> pl.DataFrame:
    """List areas, beginning with China and its provinces, which are stated most."""
    areas = read_seed_tables(SEEDS)["ref_areas"].select(
        "ref_area", area_name_en="name_en", area_name_zh="name_zh"
    )
    return areas.sort(
        pl.col("ref_area") != "CN", ~pl.col("ref_area").str.contains("^CN-[A-Z]{2}$"), maintain_order=True
    )


@cache
def _agencies() -> pl.DataFrame:
    """List agencies of China with their predecessors, beginning with the most important."""
    agencies = read_seed_tables(SEEDS)["agencies"].filter(pl.col("ref_area") == "CN")
    return agencies.head(12).select("lineage_id", agency="agency_id")


@cache
def _policies() -> pl.DataFrame:
    return read_seed_tables(SEEDS)["policies"].select(policy="policy_id", policy_name="name_en")


def _numbered(codes: pl.DataFrame, place: str) -> pl.DataFrame:
    return codes.with_columns(pl.int_range(pl.len()).alias(place))


def _draw(world: World, name: str, *columns: str) -> pl.Expr:
    """Draw a number from 0 to 1 that is always the same for the same values of these columns."""
    seed = crc32(f"{world.seed} {name}".encode())
    return (pl.struct(columns).hash(seed) % 1_000_003) / 1_000_003


def _place(drawn: pl.Expr, length: int) -> pl.Expr:
    """Draw a position in a list."""
    return (drawn * length).cast(pl.Int64)


def _choose(drawn: pl.Expr, percent: dict[str, int], other: str) -> pl.Expr:
    """Draw one of the names with these percentages, else the other one."""
    chosen, reached = pl.lit(other), sum(percent.values())
    for name in reversed(percent):
        chosen = pl.when(drawn * 100 < reached).then(pl.lit(name)).otherwise(chosen)
        reached -= percent[name]
    return chosen


def _deviation(world: World, deviates: pl.Expr, deviation: pl.Expr) -> pl.Expr:
    """Draw the factor on the true value: bounds keep a distance, some values are a little off, a few tenfold."""
    return (
        pl.when(pl.col("bound").is_in(["more_than", "at_least"])).then(0.93)
        .when(pl.col("bound").is_in(["less_than", "at_most", "nearly"])).then(1.07)
        .when(deviates < world.slips).then(10.0)
        .when(deviates < world.slips + 0.03).then(0.95 + 0.1 * deviation)
        .otherwise(1.0)
    )  # fmt: skip


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _moment(second: int) -> datetime:
    return FIRST_LANDING + timedelta(seconds=second)
