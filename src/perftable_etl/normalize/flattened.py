from perftable_etl.document import Document
def rebuild(document: Document) -> Document:
    return document
