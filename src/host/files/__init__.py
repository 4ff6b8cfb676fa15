"""Files that people bring: what they hold lies in a storage, once; a row says whose they are and what they are called.

No page serves them by itself: who owns a file decides who may see it, and answers with `file_response`.
"""

from host.files.file import File
from host.files.storage import Storage, Stored

__all__ = ["File", "Storage", "Stored"]
