"""Emptying a database, and seeing whether its tables are still what they were."""

from typing import Any

from psycopg import Connection, sql

# As the replica of another server one need not mind the order of foreign keys.
WIPE = """DO $$ DECLARE name text; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%' LOOP
        EXECUTE 'DELETE FROM ' || name;
    END LOOP;
    FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences
            WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
    END LOOP;
END $$"""
COLUMNS = """SELECT md5(string_agg(format('%s.%s %s %s', relname, attname, atttypid, attnotnull), ','
        ORDER BY relname, attnum))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace"""
VERSIONS = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'alembic%' ORDER BY 1"


def wipe(connection: "Connection[Any]") -> None:
    """Delete all rows but the migrations' own, begin counting anew, and end what is still connected."""
    connection.execute(WIPE)


def shape(connection: "Connection[Any]") -> str:
    """Differs where tables, indexes, columns or the versions of their owners differ."""
    columns = connection.execute(COLUMNS).fetchone()
    versions = [_version(connection, table) for (table,) in connection.execute(VERSIONS)]
    return repr((columns, versions))


def _version(connection: "Connection[Any]", table: str) -> tuple[str, list[Any]]:
    return table, connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
