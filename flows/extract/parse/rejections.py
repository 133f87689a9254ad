"""Why a file is rejected: one function for each rule, which makes the error for a parser to raise.

A rejection names the file, says what is wrong with it and what to do. It goes to quarantine under its rule.
"""

from flows.errors import DocumentRejectedError

_READABLE = "give it as HTML, PDF, DOCX or plain text"
_FETCH_AGAIN = "get it again from its source"


def empty(file_name: str) -> DocumentRejectedError:
    """Reject an empty file."""
    return DocumentRejectedError("empty", f"{file_name} is empty (0 bytes): {_FETCH_AGAIN}.")


def binary(file_name: str, what_it_is: str, advice: str = _READABLE) -> DocumentRejectedError:
    """Reject a file that is neither text nor a document: `what_it_is` completes "report.bin is ..."."""
    return DocumentRejectedError("binary", f"{file_name} is {what_it_is}: {advice}.")


def mislabelled(file_name: str, what_it_is: str, claim: str, advice: str) -> DocumentRejectedError:
    """Reject a file whose bytes contradict its name or its server; `claim` says which, and of what."""
    return DocumentRejectedError("mislabelled", f"{file_name} is {what_it_is}, but {claim}: {advice}.")


def encrypted(file_name: str) -> DocumentRejectedError:
    """Reject a file that can only be opened with a password."""
    return DocumentRejectedError(
        "encrypted", f"{file_name} is encrypted: save it without a password and land it again."
    )


def truncated(file_name: str, what_is_wrong: str) -> DocumentRejectedError:
    """Reject a file that was cut or damaged on its way: `what_is_wrong` completes "report.pdf ..."."""
    return DocumentRejectedError("truncated", f"{file_name} {what_is_wrong}: {_FETCH_AGAIN}.")


def too_large_when_unpacked(file_name: str, what_is_wrong: str, advice: str) -> DocumentRejectedError:
    """Reject a file that holds more than can be read: `what_is_wrong` completes "report.docx ..."."""
    return DocumentRejectedError("too_large_when_unpacked", f"{file_name} {what_is_wrong}: {advice}.")


def no_text(file_name: str, what_it_holds: str, advice: str) -> DocumentRejectedError:
    """Reject a file without text: `what_it_holds` completes "scan.pdf ..."."""
    return DocumentRejectedError("no_text", f"{file_name} {what_it_holds}: {advice}.")
