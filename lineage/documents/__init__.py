"""The room ``documents``: a :class:`~lineage.model.Document` as strictly valid Akoma Ntoso 3.0, and back."""

from lineage.documents.address import Address
from lineage.documents.fields import stated
from lineage.documents.reader import read
from lineage.documents.sameness import same
from lineage.documents.schemas import check, prepare, schema_file, validate
from lineage.documents.writer import approve, draft, write

__all__ = ["Address", "approve", "check", "draft", "prepare", "read", "same", "schema_file", "stated", "validate", "write"]
