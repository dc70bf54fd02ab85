-- clock_timestamp() moves on within a transaction; a claim may have waited for its lock.
create view database_clock as select clock_timestamp() as now;
