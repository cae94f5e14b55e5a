package io.signalbox.console.history;

import io.signalbox.mesh.client.AuditEntry;

/** What is known of the chosen change. */
sealed interface Looked {

    record None() implements Looked {}

    record Asked(AuditEntry entry) implements Looked {}

    record Told(ChangeStory story) implements Looked {}

    /** @param why in words for a person */
    record Failed(AuditEntry entry, String why) implements Looked {}
}
