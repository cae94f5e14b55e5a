package io.signalbox.console.policies;

import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.lint.LintFinding;
import java.util.List;

/** What can be said of a text. */
sealed interface Judgement {

    /** It is being typed. */
    record Awaited() implements Judgement {}

    /**
     * It would be refused.
     *
     * @param line counted from 1
     * @param column counted from 1
     */
    record Wrong(int line, int column, String field, String value, String expected) implements Judgement {

        static Wrong of(InvalidDocumentException refusal) {
            return new Wrong(refusal.line(), refusal.column(), refusal.field(), refusal.value(), refusal.expected());
        }
    }

    /**
     * It can be applied.
     *
     * @param more what there would be to say that there is not now
     * @param known what there is to say of the service already
     */
    record Sound(List<LintFinding> more, List<LintFinding> known) implements Judgement {

        public Sound {
            more = List.copyOf(more);
            known = List.copyOf(known);
        }
    }
}
