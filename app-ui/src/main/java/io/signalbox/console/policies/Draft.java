package io.signalbox.console.policies;

import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.config.LineDiff;
import java.util.List;

/**
 * What somebody writes for a service, and what they began with.
 *
 * @param base what held when the text was begun
 */
record Draft(PolicyText base, String text) {

    static Draft of(PolicyText base) {
        return new Draft(base, base.yaml());
    }

    Draft with(String newText) {
        return new Draft(base, newText);
    }

    boolean edited() {
        return !text.equals(base.yaml());
    }

    /** Its difference from what held, by lines; empty when there is none. */
    List<String> changes() {
        return difference(base.yaml(), text);
    }

    static List<String> difference(String before, String after) {
        return LineDiff.of(before.lines().toList(), after.lines().toList());
    }
}
