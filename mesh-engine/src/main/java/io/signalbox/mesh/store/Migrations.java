package io.signalbox.mesh.store;

import java.util.List;

/**
 * How a file comes from each version of its format to the next.
 *
 * @param steps the statements that lead to version 1, to version 2, and so on
 */
record Migrations(List<List<String>> steps) {

    static final Migrations ALL = new Migrations(List.of(List.of(
            """
            CREATE TABLE entry (
              key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
              lease INTEGER) WITHOUT ROWID\
            """,
            "CREATE INDEX entry_of_lease ON entry (lease) WHERE lease IS NOT NULL",
            """
            CREATE TABLE change (
              revision INTEGER NOT NULL, key TEXT NOT NULL, value TEXT, created INTEGER NOT NULL, lease INTEGER,
              PRIMARY KEY (revision, key)) WITHOUT ROWID\
            """,
            "CREATE TABLE lease (id INTEGER NOT NULL PRIMARY KEY, millis INTEGER NOT NULL)",
            "CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID")));

    Migrations {
        steps = steps.stream().map(List::copyOf).toList();
    }

    /** The version that this program writes. */
    int newest() {
        return steps.size();
    }

    /** What leads from a version to the one after it. */
    List<String> after(int version) {
        return steps.get(version);
    }
}
