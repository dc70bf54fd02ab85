-- The data folder of this database, as its file folder-id says; empty until the first start. Whoever compares or changes these
-- rows holds the lock of this one.
insert into key_fingerprints (name, fingerprint) values ('data-folder', '');
