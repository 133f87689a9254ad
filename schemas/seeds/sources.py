"""Contracts of `sources.csv` and `licences.csv` in `seeds/reference/`: who is polled, and what may be published."""

import pandera.polars as pa
import polars as pl
import soupsieve
from pandera.polars import PolarsData

from schemas.seeds.base import compile_all
from schemas.vocabularies import DOCUMENT_TYPES, IDENTIFIER, SOURCE_KINDS

WEB_ADDRESS = r"^https?://[^\s/@:?#]+(?::\d+)?(?:[/?#]\S*)?$"


def _is_selector(selector: str) -> bool:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError:
        return False
    return True


def _are_selectors(selectors: pl.Series) -> pl.Series:
    found = [_is_selector(selector) for selector in selectors]
    return pl.Series(selectors.name, found, dtype=pl.Boolean)


class LicenceSchema(pa.DataFrameModel):
    """One row per licence of documents; key `licence`.

    `may_publish_text` says whether a published warehouse may hold the whole text; a single sentence with its source
    is a quotation and always allowed. `reason` says why.
    """

    licence: str = pa.Field(str_matches=IDENTIFIER)
    name_en: str = pa.Field(unique=True)
    address: str = pa.Field(nullable=True, str_matches=WEB_ADDRESS)
    may_publish_text: bool
    reason: str

    class Config:
        """One row per licence."""

        unique = ("licence",)


class SourceSchema(pa.DataFrameModel):
    """One row per source that is polled; key `source_id`.

    `address` is that of its list: a feed (RSS, Atom), a list page (HTML, with the CSS selector of its links), a
    sitemap, or the path of a folder. `link_pattern` is a regular expression that the addresses of documents contain,
    for lists with other links too; `allowed_hosts` are further hosts of documents, separated by blanks.
    `poll_interval_minutes` is how often the list is fetched, `recheck_days` how long known documents are fetched
    again. `publisher`, `language`, `document_type` and `licence` are stated for each of its documents; an empty cell
    leaves it to the document.
    """

    source_id: str = pa.Field(str_matches=IDENTIFIER)
    publisher: str
    kind: str = pa.Field(isin=SOURCE_KINDS)
    address: str
    link_selector: str = pa.Field(nullable=True)
    link_pattern: str = pa.Field(nullable=True)
    allowed_hosts: str = pa.Field(nullable=True, str_matches=r"^[a-z0-9.:-]+(?: [a-z0-9.:-]+)*$")
    language: str = pa.Field(nullable=True, str_matches=r"^[a-z]{2,3}$")
    document_type: str = pa.Field(nullable=True, isin=DOCUMENT_TYPES)
    licence: str
    poll_interval_minutes: int = pa.Field(ge=1)
    recheck_days: int = pa.Field(ge=0)
    enabled: bool

    class Config:
        """One row per source."""

        unique = ("source_id",)

    @pa.dataframe_check(
        name="web_or_folder", error="address is not an http(s) address, and kind is not folder"
    )
    def web_or_folder(cls, data: PolarsData) -> pl.LazyFrame:
        """A folder is a path, every other kind is on the web."""
        is_web = pl.col("address").str.contains(WEB_ADDRESS)
        return data.lazyframe.select(is_web | (pl.col("kind") == "folder"))

    @pa.dataframe_check(
        name="pages_have_selectors", error="link_selector is given exactly when kind is list_page"
    )
    def pages_have_selectors(cls, data: PolarsData) -> pl.LazyFrame:
        """Without a selector, a list page would give the links of its menus."""
        is_page = pl.col("kind") == "list_page"
        return data.lazyframe.select(pl.col("link_selector").is_not_null() == is_page)

    @pa.dataframe_check(name="selector_is_css", error="link_selector is not a CSS selector")
    def selector_is_css(cls, data: PolarsData) -> pl.LazyFrame:
        """Otherwise the first poll would fail."""
        given = pl.col("link_selector").fill_null("a")
        return data.lazyframe.select(given.map_batches(_are_selectors, return_dtype=pl.Boolean))

    @pa.dataframe_check(name="pattern_compiles", error="link_pattern is not a regular expression")
    def pattern_compiles(cls, data: PolarsData) -> pl.LazyFrame:
        """Otherwise the first poll would fail."""
        given = pl.col("link_pattern").fill_null("")
        return data.lazyframe.select(given.map_batches(compile_all, return_dtype=pl.Boolean))
