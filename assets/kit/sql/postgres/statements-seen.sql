-- Whether the text of statements can be seen: without the right to, each is `<insufficient privilege>` but one's own.
SELECT coalesce(bool_or(s.query <> '<insufficient privilege>' AND s.userid <> r.oid), true)
    OR pg_has_role(session_user, 'pg_read_all_stats', 'USAGE')
  FROM :"ext".pg_stat_statements s
 CROSS JOIN (SELECT oid FROM pg_roles WHERE rolname = session_user) AS r;
