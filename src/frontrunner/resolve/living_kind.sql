-- Grain: one kind of product that is cells, genes or viruses.
select distinct id as modality from closure
where vocabulary = 'modality' and ancestor in ('gene_therapy', 'cell_therapy', 'oncolytic_virus')
