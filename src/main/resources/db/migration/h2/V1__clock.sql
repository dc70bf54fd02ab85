create view database_clock as select current_timestamp(3) as now;
