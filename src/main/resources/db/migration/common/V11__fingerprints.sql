-- Which keys of the data folder the other rows depend on: an HMAC-SHA-256 under the key, never the key.
create table key_fingerprints (
    name        varchar(60) primary key,
    fingerprint varchar(64) not null
);
