-- Which policy views stand: one schema policy_<rights id> per set of rights, made again when the hash differs.

create table ops.policy_schemas (
  rights_id varchar(40) not null,
  sha256 char(64) not null,            -- of the statements that made the schema
  made_at timestamp not null,
  primary key (rights_id)
) diststyle all;
