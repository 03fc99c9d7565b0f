-- What the blind indexes in this database were made with. A program started with another digest or another first key would
-- find nobody and register everybody twice, so it does not start.
create table vault_mark (
  id smallint primary key default 1 constraint vault_mark_one check (id = 1),
  blind_digest text not null constraint vault_mark_digest check (blind_digest in ('sha256', 'sm3')),
  proof_digest bytea not null,              -- of a fixed text, by the key and digest of the indexes
  made_at timestamptz not null
);
revoke update, delete on vault_mark from huangge_app;
grant select, insert on vault_mark to huangge_app;
