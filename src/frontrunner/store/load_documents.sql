-- Documents of a run with the place of their bytes; a document that stands in two segments is taken from the first.
insert into document
select doc, hash, source, key, media_type, size, $run,
    parse_filename(filename), (file_row_number // $group)::integer, (file_row_number % $group)::integer
from read_parquet($files, filename = true, file_row_number = true)
qualify row_number() over (partition by doc order by filename, file_row_number) = 1
