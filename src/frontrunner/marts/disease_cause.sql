-- Grain: disease of the vocabulary x gene that a publisher links to it; `causes` where it says that mutations cause it.
-- Both clocks are columns; `target` is the gene's id in the vocabulary of targets, null where it has none.
select disease_name.id as indication, gene_name.id as target, disease_gene.symbol, disease_gene.association,
    starts_with(disease_gene.association, 'Disease-causing') as causes, disease_gene.assessed, disease_gene.citation,
    disease_gene.disease as published_as, version.known_from, version.known_to, version.source, disease_gene.doc
from disease_gene
join version using (doc)
join term_name as disease_name on disease_name.vocabulary = 'indication' and disease_name.kind in ('id', 'external')
    and disease_name.value = disease_gene.disease
left join term_name as gene_name on gene_name.vocabulary = 'target' and gene_name.kind in ('id', 'label')
    and gene_name.name = lower(disease_gene.symbol)
