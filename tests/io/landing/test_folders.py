"""The files of a folder that are documents."""

from flows.io.landing.folders import expand_inputs


def test_a_folder_means_its_documents_sorted_without_hidden_files_and_metadata(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "sub").mkdir()
    (inbox / ".git").mkdir()
    for name in ("b.txt", "a.html", "sub/c.pdf", ".hidden.txt", ".git/config", "b.meta.json"):
        (inbox / name).write_text("x")
    assert [path.name for path in expand_inputs([inbox, inbox / "b.txt"])] == ["a.html", "b.txt", "c.pdf"]
