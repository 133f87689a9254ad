"""Small files of each format, made from scratch; PDF by hand, since no library here writes it."""

from collections.abc import Sequence
from io import BytesIO

import docx

Line = tuple[int, int, str]  # x and y in points from the lower left corner, then the text


def make_pdf(pages: Sequence[Sequence[Line]], *, title: str = "", encrypted: bool = False) -> bytes:
    """Return a PDF with a text layer; no password opens an encrypted one."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"1 0 0 1 %d %d Tm (%s) Tj\n" % (x, y, text.encode("cp1252")) for x, y, text in lines
        )
        stream = b"BT /F1 11 Tf\n" + drawn + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s >>"
        objects.append(page % (len(objects), b"/Resources << /Font << /F1 3 0 R >> >>"))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    extra = b" /Info %d 0 R /ID [<00> <00>]" % len(objects)
    if encrypted:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32))
        extra += b" /Encrypt %d 0 R" % len(objects)
    return _write_pdf(objects, extra)


def _write_pdf(objects: Sequence[bytes], extra: bytes) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
    return content + end % (size, table, size, extra, len(content))


def make_docx(document: "docx.document.Document") -> bytes:
    """Return the bytes of a Word document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
