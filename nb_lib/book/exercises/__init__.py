"""The exercises of the notebooks, one module per section.

Each module's docstring gives the signature that is asked of the reader.
"""
