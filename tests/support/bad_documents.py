"""Bad files that must not break a pipeline, and good ones to put beside them."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument

NEWS = (
    "Inspectors checked 1,250 batches of electric kettles in 2023, "
    "and 93.6 percent of the batches met the national standard.\n"
)
PAGE = f"<!DOCTYPE html><html><head><title>Kettles checked</title></head><body><p>{NEWS}</p></body></html>"
SCRIPTS = (
    "<!DOCTYPE html><html><head><script>start()</script></head><body><script>go(7)</script></body></html>"
)
FRENCH = "En 2023, les services ont contrôlé 1 250 lots de bouilloires et 93,6 % des lots sont conformes.\n"
HUNDRED_MEGABYTES = 100_000_000
OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT_XML = "word/document.xml"


def make_pdf(*, password: bool = False) -> bytes:
    """Return a page that states NEWS; with `password`, one whose encryption an empty password does not open."""
    content = f"BT /F1 10 Tf 40 700 Td ({NEWS.strip()}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    encryption = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"5a" * 32, b"a5" * 32)
    return _assemble_pdf([*objects, encryption] if password else objects, is_encrypted=password)


def make_docx(text: str = NEWS) -> bytes:
    """Return a Word document of one paragraph."""
    document: WordDocument = docx.Document()
    document.add_paragraph(text.strip())
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_docx_bomb() -> bytes:
    """Return a DOCX of half a megabyte that unpacks to 400 MB."""
    paragraph = b"<w:p><w:r><w:t>" + b"0" * 50_000_000 + b"</w:t></w:r></w:p>"
    return _replace_member(DOCUMENT_XML, lambda xml: [xml[:-1], *[paragraph] * 8, xml[-1:]])


def make_entity_bomb() -> bytes:
    """Return a DOCX whose XML nests entities: a thousand bytes that grow to gigabytes."""
    entities = ['<!ENTITY a0 "0123456789">']
    entities += [f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)]
    bomb = f"<!DOCTYPE document [{''.join(entities)}]>".encode()
    return _replace_member(
        DOCUMENT_XML,
        lambda xml: [xml.replace(b"<w:document", bomb + b"<w:document", 1).replace(b"<w:t>", b"<w:t>&a9;")],
    )


def make_encrypted_office() -> bytes:
    """Return the readable part of the container in which Word keeps a document with a password."""
    return OLE_CONTAINER + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)


def make_png() -> bytes:
    """Return a picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def make_zip() -> bytes:
    """Return an archive that holds a document, but is not one."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("news.txt", NEWS)
    return stream.getvalue()


def make_program() -> bytes:
    """Return the first bytes of a program for Windows."""
    return b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(range(256)) * 8


BAD_CONTENT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.txt": ("empty", lambda: b""),
    "blank.txt": ("no_text", lambda: b" \n\t\r\n "),
    "cut.pdf": ("truncated", lambda: make_pdf()[:600]),
    "cut.docx": ("truncated", lambda: make_docx()[:-2000]),
    "damaged.pdf": ("truncated", lambda: make_pdf().replace(b"/Type /Page /", b"/Type /Pane /")),
    "damaged.docx": ("truncated", lambda: make_docx()[:1000] + make_docx()[1100:]),
    "secret.pdf": ("encrypted", lambda: make_pdf(password=True)),
    "secret.docx": ("encrypted", make_encrypted_office),
    "picture.png": ("binary", make_png),
    "archive.zip": ("binary", make_zip),
    "program.exe": ("binary", make_program),
    "page.pdf": ("mislabelled", lambda: PAGE.replace("Kettles", "Toasters").encode()),
    "report.txt": ("mislabelled", lambda: make_pdf() + b"\n"),
    "letter.docx": ("mislabelled", lambda: b"Dear reader, " + NEWS.encode()),
    "bomb.docx": ("too_large_when_unpacked", make_docx_bomb),
    "entities.docx": ("too_large_when_unpacked", make_entity_bomb),
    "scripts.html": ("no_text", SCRIPTS.encode),
    "french.txt": ("unsupported_language", FRENCH.encode),
}
BAD_METADATA = {
    "broken.txt": '{"published": "2024-02-21"',
    "misspelt.txt": json.dumps({"publishd": "2024-02-21"}),
    "undated.txt": json.dumps({"published": "21 February 2024"}),
}
RULES = {
    **{name: rule for name, (rule, _) in BAD_CONTENT.items()},
    **dict.fromkeys(BAD_METADATA, "invalid_metadata"),
    "huge.txt": "too_large",
}
"""What must become of each of the files that `write_bad_documents` writes."""

GOOD_DOCUMENTS = {
    "good.txt": NEWS.encode,
    "good.html": PAGE.encode,
    "good.pdf": make_pdf,
    "good.docx": make_docx,
}
"""Files that state the same two figures, with what makes their bytes."""

RED = "\x1b[31m"
HOSTILE_NAMES = (
    f"{RED}red\x07.txt",
    "[bold]marked[bold].txt",
    "'); drop table raw.figures; --.txt",
    "{{ no_such_macro() }}.txt",
    "<script>alert(1)<&script>.txt",
)
"""Names that would steer a terminal, or be markup, SQL or a template."""


def without_control_characters(text: str) -> str:
    """Return a text as a terminal should get it."""
    return text.replace("\x1b", " ").replace("\x07", " ")


def write_hostile_documents(folder: Path) -> None:
    """Write a good and a bad file with each hostile name; the bad ones are binary, and the summary names them."""
    for name in HOSTILE_NAMES:
        (folder / name).write_text(f"{name}: {NEWS}", encoding="utf-8")
        (folder / f"bad {name}").write_bytes(name.encode() + bytes(100))


def write_bad_documents(folder: Path) -> None:
    """Write one file of each kind into `folder`."""
    for name, (_, make) in BAD_CONTENT.items():
        (folder / name).write_bytes(make())
    for name, metadata in BAD_METADATA.items():
        (folder / name).write_text(f"{name}: {NEWS}")
        (folder / name).with_suffix(".meta.json").write_text(metadata)
    line = NEWS.encode() * 1000
    with (folder / "huge.txt").open("wb") as huge:
        for _ in range(HUNDRED_MEGABYTES // len(line) + 1):
            huge.write(line)


def _assemble_pdf(objects: list[bytes], *, is_encrypted: bool) -> bytes:
    parts, offsets = [b"%PDF-1.4\n"], []
    for number, body in enumerate(objects, 1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    encrypt = b"/Encrypt %d 0 R /ID [<00> <00>] " % len(objects) if is_encrypted else b""
    trailer = b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, encrypt, start)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table, trailer])


def _replace_member(name: str, rewrite: Callable[[bytes], list[bytes]]) -> bytes:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(make_docx())) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            content = source.read(member)
            with target.open(member, "w") as out:
                for part in rewrite(content) if member == name else [content]:
                    out.write(part)
    return stream.getvalue()
