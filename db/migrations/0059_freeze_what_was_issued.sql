-- What was issued is never changed and nothing of it is deleted, not even by the program itself.
revoke update, delete, truncate on brief_file, open_release, open_file from huangge_app;
revoke delete, truncate on brief, brief_schedule from huangge_app;
