-- Revoked for good; a key that is only switched off has active = false alone.
alter table api_keys add revoked_at timestamp with time zone;
