package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.proxy.transport.MessageHeaders;

/** Changes header fields as a routing rule asks. */
public final class EditedFields {

    private EditedFields() {}

    public static void apply(HeaderEdits edits, MessageHeaders headers) {
        if (edits.isEmpty()) {
            return;
        }
        edits.remove().forEach(headers::remove);
        edits.set().forEach(headers::set);
        edits.add().forEach(headers::add);
    }
}
