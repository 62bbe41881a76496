-- Adds :files records to the channel that the package "model" was published to: ten
-- versions of each package, copied from the model's rows, so that every column is as
-- the program wrote it. What differs between real records differs here: names,
-- versions, builds, hashes, sizes, times and dependencies. The bytes stay the model's.
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE n AS
	WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :files)
	SELECT i, printf('seeded%06d', i / 10) AS name, printf('%d.%d.%d', i % 10, i % 7, i % 3) AS version,
		printf('py3%d_%d', 9 + i % 5, i % 4) AS build, i % 4 AS number FROM n;
CREATE TEMP TABLE d AS SELECT i FROM n WHERE i < 12;
CREATE TEMP TABLE model AS SELECT id AS file, package_id AS package, release_id AS release FROM files WHERE basename = 'noarch/model-1.0-0.conda';

CREATE TEMP TABLE p AS SELECT packages.*, n.name AS seeded FROM n, packages WHERE n.i % 10 = 0 AND packages.id = (SELECT package FROM model);
UPDATE p SET id = id + rowid, name = seeded, lookup_name = seeded, normalized_name = seeded, home = 'https://example.test/' || seeded;
ALTER TABLE p DROP COLUMN seeded;
INSERT INTO packages SELECT * FROM p;

CREATE TEMP TABLE r AS SELECT releases.*, n.i, n.version AS seeded FROM n, releases WHERE releases.id = (SELECT release FROM model);
UPDATE r SET id = id + 1 + i, package_id = package_id + 1 + i / 10, version = seeded;
ALTER TABLE r DROP COLUMN i;
ALTER TABLE r DROP COLUMN seeded;
INSERT INTO releases SELECT * FROM r;

CREATE TEMP TABLE f AS
	SELECT files.*, n.i, n.name || '-' || n.version || '-' || n.build || '.conda' AS seeded, json_set(files.record,
		'$.name', n.name, '$.version', n.version, '$.build', n.build, '$.build_number', n.number,
		'$.md5', lower(hex(randomblob(16))), '$.sha256', lower(hex(randomblob(32))),
		'$.size', 4000 + abs(random() % 9000000), '$.timestamp', 1700000000000 + abs(random() % 60000000000),
		'$.indexed_timestamp', 1760000000000 + n.i, '$.depends', (
			SELECT json_group_array(printf('seeded%06d >=%d.%d,<%d.0a0', abs(random() % (1 + :files / 10)), n.i % 5, d.i, 6 + d.i))
			FROM d WHERE d.i < 2 + n.i / 10 % 9)) AS written
	FROM n, files WHERE files.id = (SELECT file FROM model);
UPDATE f SET id = id + 1 + i, package_id = package_id + 1 + i / 10, release_id = release_id + 1 + i, basename = 'noarch/' || seeded,
	build = written ->> '$.build', build_number = written ->> '$.build_number', record = written;
INSERT INTO file_labels SELECT f.id, file_labels.label_id FROM f, file_labels WHERE file_labels.file_id = (SELECT file FROM model);
ALTER TABLE f DROP COLUMN i;
ALTER TABLE f DROP COLUMN seeded;
ALTER TABLE f DROP COLUMN written;
INSERT INTO files SELECT * FROM f;
COMMIT;
