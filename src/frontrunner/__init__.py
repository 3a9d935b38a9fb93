"""Who leads the race to approval, for whom, since when, and how we know.

    import frontrunner as fr

    home = fr.open()
    home.race("hemophilia B", modality="gene_therapy", jurisdiction="CN", on="2022-01-12")

Importing this costs nothing: the database and the tables are imported by `open`. Nothing below `deliver` imports
this module, so that the road stays one-way.
"""

__version__ = "0.1.0"
