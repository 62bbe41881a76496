-- The newest files of a channel, for its feed.
CREATE INDEX files_newest ON files (account_id, uploaded_at);
